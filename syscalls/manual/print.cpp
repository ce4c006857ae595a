#include "syscalls/manual/print.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string_view>
#include <utility>

namespace yos::manual {
namespace {

constexpr std::size_t columns = 80;

/// Lines that begin with `margin`, but the first with `line`.
std::string wrapped(const std::string& text, const std::string& margin, std::string line) {
    std::string lines;
    bool empty = true;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (!empty && line.size() + 1 + word.size() > columns) {
            lines += std::exchange(line, margin) + "\n";
            empty = true;
        }
        line += (empty ? "" : " ") + word;
        empty = false;
    }
    return lines + line + "\n";
}

const std::string margin(4, ' ');

std::string wrapped(const std::string& text) {
    return text.empty() ? "" : wrapped(text, margin, margin);
}

/// Each begins with `margin`, instead of with the four spaces.
std::string code_lines(const std::string& paragraph, const std::string& margin = {}) {
    std::string text;
    std::istringstream lines(paragraph);
    for (std::string line; std::getline(lines, line);) {
        text += margin + line.substr(4) + "\n";
    }
    return text;
}

std::string table(const std::vector<Entry>& entries) {
    const std::string second_column(20, ' ');
    std::string lines;
    for (const Entry& entry : entries) {
        std::string first = margin + entry.term;
        if (entry.term.empty()) {
            lines += wrapped(entry.text);
        } else if (first.size() < second_column.size()) {
            first.resize(second_column.size(), ' ');
            lines += wrapped(entry.text, second_column, first);
        } else {
            lines += first + "\n" + wrapped(entry.text, second_column, second_column);
        }
    }
    return lines;
}

std::string history(const Page& page) {
    return page.history.empty() ? "" : "After " + page.history + ".";
}

std::string section(std::string_view title, const std::string& lines) {
    return lines.empty() ? "" : "\n" + std::string(title) + "\n" + lines;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : std::string(separator)) + part;
    }
    return text;
}

// ---- Markdown ----

/// Words of a comment are no markup, but for what stands in backquotes.
std::string escaped(const std::string& text) {
    std::string result;
    bool in_code = false;
    for (const char c : text) {
        in_code = in_code != (c == '`');
        const bool special = !in_code && std::string_view("<>*|[]").find(c) != std::string::npos;
        result += (special ? "\\" : "") + std::string(1, c);
    }
    return result;
}

std::string link_to(const std::string& name) {
    std::string anchor = name;
    std::transform(anchor.begin(), anchor.end(), anchor.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return "[" + name + "](#" + anchor + ")";
}

std::string with_capital(std::string text) {
    if (!text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text;
}

std::string list(const std::vector<Entry>& entries) {
    std::string lines;
    for (const Entry& entry : entries) {
        lines += entry.term.empty() ? "- " : "- `" + entry.term + "`: ";
        lines += escaped(entry.text) + "\n";
    }
    return lines.empty() ? "" : lines + "\n";
}

std::string paragraph(std::string_view label, const std::string& text) {
    return text.empty() ? "" : std::string(label) + text + "\n\n";
}

std::string chapter(const Page& page) {
    std::string text = "## " + page.name + "\n\n" + escaped(with_capital(page.summary)) +
                       (page.summary.ends_with('?') ? "" : ".") + "\n\n```cpp\n#include \"" +
                       page.header + "\"\n\n" + joined(page.synopsis, "\n") + "\n```\n\n";
    text += list(page.modifiers);
    for (const std::string& part : page.description) {
        text += is_code(part) ? "```cpp\n" + code_lines(part) + "```\n\n" : escaped(part) + "\n\n";
    }
    const bool is_one_sentence = page.errors.size() == 1 && page.errors.front().term.empty();
    text += paragraph(
        "", escaped(page.blocks + (is_one_sentence ? " " + page.errors.front().text : "")));
    text += is_one_sentence ? "" : list(page.errors);
    text += paragraph("", escaped(history(page)));
    std::vector<std::string> links;
    std::transform(page.see_also.begin(), page.see_also.end(), std::back_inserter(links), link_to);
    return text + paragraph("See also ", joined(links, ", "));
}

// ---- C++ ----

std::string literal(std::string_view line) {
    std::string text = "\"";
    for (const char c : line) {
        text += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    }
    return text + "\"";
}

}  // namespace

std::string terminal_text(const Page& page) {
    std::string synopsis = margin + "#include \"" + page.header + "\"\n\n";
    for (const std::string& line : page.synopsis) {
        synopsis += wrapped(line, margin + margin, margin);
    }
    std::vector<std::string> paragraphs;
    for (const std::string& part : page.description) {
        paragraphs.push_back(is_code(part) ? code_lines(part, margin) : wrapped(part));
    }
    return "NAME\n" + wrapped(page.name + " - " + page.summary) + section("SYNOPSIS", synopsis) +
           section("OPTIONS", table(page.modifiers)) +
           section("DESCRIPTION", joined(paragraphs, "\n")) +
           section("BLOCKS", wrapped(page.blocks)) + section("ERRORS", table(page.errors)) +
           section("HISTORY", wrapped(history(page))) +
           section("SEE ALSO", wrapped(joined(page.see_also, ", ")));
}

std::string reference(const std::vector<Page>& pages) {
    std::string index;
    std::string chapters;
    std::string parts;
    for (const Page& page : pages) {
        if (page.subroutine.empty()) {
            index += "| " + link_to(page.name) + " | " + escaped(page.summary) + " |\n";
            chapters += chapter(page);
        } else {
            parts += "- `" + page.name + "`: " + escaped(page.summary) + "\n";
        }
    }
    std::string text =
        "# The system calls\n\n"
        "Written by yos_manual from the comments in the headers; `man CALL` shows the same.\n\n"
        "| call | what it does |\n|---|---|\n" +
        index + "\n" + chapters;
    if (!parts.empty()) {
        text +=
            "## Parts of subroutines\n\n"
            "What `ps` and `where` may show of a task, and programs do not use.\n\n" +
            parts;
    }
    text.erase(text.find_last_not_of('\n') + 1);
    return text + "\n";
}

std::string source(const std::vector<Page>& pages) {
    std::ostringstream out;
    out << "// Written by yos_manual.\n\n#include \"programs/lib/manual_page.h\"\n\n"
           "namespace yos {\nnamespace {\n";
    std::size_t number = 0;
    for (const Page& page : pages) {
        out << "\nconst ManualPage page_" << ++number << "(\n    " << literal(page.name)
            << ",\n    " << literal(page.summary);
        std::istringstream lines(terminal_text(page));
        const char* separator = ",\n    ";
        for (std::string line; std::getline(lines, line); separator = "\n    ") {
            const std::string quoted = literal(line);
            out << separator << quoted.substr(0, quoted.size() - 1) << "\\n\"";
        }
        out << (page.subroutine.empty() ? "" : ",\n    ManualPage::Listed::no") << ");\n";
    }
    out << "\n}  // namespace\n}  // namespace yos\n";
    return out.str();
}

}  // namespace yos::manual
