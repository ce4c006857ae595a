#include "programs/tour/step.h"

#include "programs/lib/print.h"

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>

namespace yos {

extern const std::span<const EmbeddedFile> tour_pages;
extern const std::span<const EmbeddedFile> tour_sources;

namespace tour {
namespace {

constexpr std::string_view code_opening = "```cpp from=";
constexpr std::string_view session_opening = "```console";
constexpr std::string_view measured_opening = "```console measured";
constexpr std::string_view fence = "```";
constexpr std::string_view answer_opening = "<details>";
constexpr std::string_view answer_closing = "</details>";

/// With their newlines.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

std::string_view without_newline(std::string_view line) {
    return line.ends_with('\n') ? line.substr(0, line.size() - 1) : line;
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of('\n');
    if (first == std::string::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of('\n') - first + 1) + "\n";
}

/// Reads a page line by line.
class Parser {
public:
    Step parse(std::string_view page) {
        step_.sections.emplace_back();
        for (const std::string_view line : lines_of(page)) {
            if (in_fence_) {
                inside_fence(line);
            } else if (line.starts_with(fence)) {
                open_fence(line);
            } else {
                outside(line);
            }
        }
        end_text();
        return std::move(step_);
    }

private:
    void outside(std::string_view line) {
        if (line.starts_with("# ")) {
            step_.title = without_newline(line.substr(2));
        } else if (line.starts_with("## ")) {
            begin_section(std::string(without_newline(line.substr(3))));
        } else if (line.starts_with(answer_opening)) {
            begin_section(std::string(answer_heading));
        } else if (!line.starts_with(answer_closing)) {
            text_ += line;
        }
    }

    void open_fence(std::string_view line) {
        in_fence_ = true;
        if (line.starts_with(code_opening)) {
            begin_block(Block::Kind::code);
            block().text = without_newline(line.substr(code_opening.size()));
        } else if (line.starts_with(session_opening)) {
            begin_block(line.starts_with(measured_opening) ? Block::Kind::measured
                                                           : Block::Kind::session);
        } else {
            is_text_ = true;
            text_ += line;
        }
    }

    void inside_fence(std::string_view line) {
        const bool ends = line.starts_with(fence);
        if (is_text_) {
            text_ += line;
        } else if (!ends && block().kind != Block::Kind::code) {
            block().text += line;
        }
        if (ends) {
            in_fence_ = is_text_ = false;
        }
    }

    void begin_section(std::string heading) {
        end_text();
        step_.sections.push_back({std::move(heading), {}});
    }

    void begin_block(Block::Kind kind) {
        end_text();
        step_.sections.back().blocks.push_back({kind, {}});
    }

    void end_text() {
        std::string text = trimmed(text_);
        text_.clear();
        if (!text.empty()) {
            step_.sections.back().blocks.push_back({Block::Kind::text, std::move(text)});
        }
    }

    Block& block() { return step_.sections.back().blocks.back(); }

    Step step_;
    std::string text_;  // since the last block
    bool in_fence_ = false;
    bool is_text_ = false;  // the fence is
};

/// The number of the first line that has this in it, of all code that the step shows.
std::optional<std::size_t> line_number(const Step& step, std::string_view code) {
    for (const Section& section : step.sections) {
        for (const Block& block : section.blocks) {
            if (block.kind != Block::Kind::code) {
                continue;
            }
            const std::string_view text = source_of(block.text);
            const std::size_t at = text.find(code);
            if (at != std::string_view::npos) {
                return std::count(text.begin(), text.begin() + static_cast<long>(at), '\n') + 1;
            }
        }
    }
    return std::nullopt;
}

/// "- `co_yield number;` does this" becomes "- line 17, `co_yield number;` does this".
std::string with_line_numbers(const Step& step, std::string_view text) {
    constexpr std::string_view opening = "- `";
    std::string result;
    for (const std::string_view line : lines_of(text)) {
        const std::size_t end = line.find('`', opening.size());
        if (line.starts_with(opening) && end != std::string_view::npos) {
            const auto number =
                line_number(step, line.substr(opening.size(), end - opening.size()));
            if (number) {
                result += fmt::format("- line {}, {}", *number, line.substr(2));
                continue;
            }
        }
        result += line;
    }
    return result;
}

std::string indented(std::string_view text) {
    std::string result;
    for (const std::string_view line : lines_of(text)) {
        result += "    ";
        result += line;
    }
    return result;
}

std::string numbered(std::string_view code) {
    std::string result;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(code)) {
        result += fmt::format("{:>4}{}{}", ++number, line.size() > 1 ? "  " : "", line);
    }
    return result;
}

/// As a word that the shell takes as it is.
std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return result + "'";
}

}  // namespace

const Section* Step::find(std::string_view heading) const {
    const auto found = std::find_if(sections.begin(), sections.end(), [&](const Section& section) {
        return section.heading == heading;
    });
    return found != sections.end() ? &*found : nullptr;
}

Step parse_step(std::string_view page) {
    return Parser().parse(page);
}

const std::vector<Step>& steps() {
    static const std::vector<Step> all = [] {
        std::vector<Step> made;
        for (const EmbeddedFile& page : tour_pages) {
            made.push_back(parse_step(page.text));
        }
        return made;
    }();
    return all;
}

std::string_view source_of(std::string_view path) {
    for (const EmbeddedFile& file : tour_sources) {
        if (file.path == path) {
            return file.text;
        }
    }
    throw std::logic_error(fmt::format("no page of the tour shows {}", path));
}

std::string rendered(const Step& step, const Block& block) {
    switch (block.kind) {
        case Block::Kind::code:
            return block.text + ":\n\n" + numbered(source_of(block.text));
        case Block::Kind::session:
        case Block::Kind::measured:
            return indented(block.text);
        case Block::Kind::text:
            break;
    }
    return with_line_numbers(step, block.text);
}

std::string rendered(const Step& step, const Section& section) {
    const std::string& heading = section.heading.empty() ? step.title : section.heading;
    std::string text = fmt::format("{}\n{}\n", heading, std::string(heading.size(), '-'));
    for (const Block& block : section.blocks) {
        text += "\n" + rendered(step, block);
    }
    return text;
}

std::string script_of(const Block& session, std::string_view directory) {
    const std::string place = quoted(directory);
    std::string script = fmt::format("(\nmkdir {} && cd {} || exit\n", place, place);
    std::string typed;    // the command that is being read, as it is shown
    std::string command;  // and as it is run
    const auto end_command = [&] {
        script += typed.empty() ? "" : fmt::format("printf %s {}\n{}", quoted(typed), command);
        typed.clear();
        command.clear();
    };
    for (const std::string_view line : lines_of(session.text)) {
        if (line.starts_with("$ ")) {
            end_command();
        }
        if (line.starts_with("$ ") || (line.starts_with("> ") && !typed.empty())) {
            typed += line;
            command += line.substr(2);
        } else {
            end_command();
        }
    }
    end_command();
    return script + fmt::format("cd /\nrm -r {}\n) 2>&1\n", place);
}

}  // namespace tour
}  // namespace yos
