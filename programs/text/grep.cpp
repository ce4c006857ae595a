#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "programs/lib/walk.h"
#include "programs/text/patterns.h"

#include <re2/re2.h>

#include <algorithm>
#include <deque>
#include <memory>

namespace yos {
namespace {

struct How {
    bool invert = false;
    bool number = false;
    bool count = false;
    bool names_only = false;
    bool quiet = false;
    bool matches_only = false;
    bool with_name = false;
    std::int64_t before = 0;
    std::int64_t after = 0;

    bool prints_lines() const { return !count && !names_only && !quiet; }
};

/// Goes through one file.
class Search {
public:
    Search(const RE2& pattern, const How& how, std::string name)
        : pattern_(pattern), how_(how), name_(std::move(name)) {}

    /// What is to be printed of a block of lines.
    std::string look_at(std::string_view block) {
        binary_ = binary_ || block.find('\0') != std::string_view::npos;
        std::string text;
        while (!block.empty() && !done()) {
            skip_misses(block);
            if (block.empty()) {
                break;
            }
            const std::string_view line = take_line(block);
            ++number_;
            if (matches(line) != how_.invert) {
                ++found_;
                hit(line, text);
            } else {
                miss(line, text);
            }
        }
        return text;
    }

    std::string summary() const {
        if (how_.quiet) {
            return {};
        }
        if (how_.names_only) {
            return found_ > 0 ? name_ + "\n" : "";
        }
        return how_.count ? prefix(':', false) + std::to_string(found_) + "\n" : "";
    }

    /// Nothing more need be read.
    bool done() const {
        return found_ > 0 && (how_.quiet || how_.names_only || (binary_ && how_.prints_lines()));
    }
    bool found() const { return found_ > 0; }

private:
    bool matches(std::string_view line) const {
        return RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), pattern_);
    }

    /// Goes to the line in which the next match begins: the library is quicker to find it in the
    /// whole block than line by line.
    void skip_misses(std::string_view& block) {
        if (how_.invert || how_.before > 0 || still_to_print_ > 0) {
            return;  // those that do not match count as well
        }
        re2::StringPiece match;
        const re2::StringPiece whole(block.data(), block.size());
        std::size_t skipped = block.size();
        if (pattern_.Match(whole, 0, block.size(), RE2::UNANCHORED, &match, 1)) {
            const auto at = static_cast<std::size_t>(match.data() - block.data());
            const auto newline = at == 0 ? std::string_view::npos : block.rfind('\n', at - 1);
            skipped = newline == std::string_view::npos ? 0 : newline + 1;
        }
        number_ += static_cast<std::uint64_t>(
            std::count(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(skipped), '\n'));
        block.remove_prefix(skipped);
    }

    std::string prefix(char separator, bool with_number) const {
        std::string text;
        if (how_.with_name) {
            text += name_ + separator;
        }
        if (with_number && how_.number) {
            text += std::to_string(number_) + separator;
        }
        return text;
    }

    void add(std::string_view line, char separator, std::string& text) const {
        text += prefix(separator, true);
        text += line;
        text += '\n';
    }

    void hit(std::string_view line, std::string& text) {
        if (!how_.prints_lines()) {
            return;
        }
        if (binary_) {
            text += "grep: " + name_ + ": binary file matches\n";
        } else if (how_.matches_only) {
            add_matches(line, text);
        } else {
            const auto here = static_cast<std::int64_t>(number_ - before_.size());
            if (how_.before + how_.after > 0 && printed_to_ > 0 && here > printed_to_ + 1) {
                text += "--\n";
            }
            for (const std::string& earlier : before_) {
                text += earlier;
            }
            before_.clear();
            add(line, ':', text);
            still_to_print_ = how_.after;
            printed_to_ = static_cast<std::int64_t>(number_);
        }
    }

    void miss(std::string_view line, std::string& text) {
        if (still_to_print_ > 0 && how_.prints_lines()) {
            --still_to_print_;
            add(line, '-', text);
            printed_to_ = static_cast<std::int64_t>(number_);
        } else if (how_.before > 0) {
            add(line, '-', before_.emplace_back());
            if (static_cast<std::int64_t>(before_.size()) > how_.before) {
                before_.pop_front();
            }
        }
    }

    void add_matches(std::string_view line, std::string& text) const {
        const re2::StringPiece whole(line.data(), line.size());
        re2::StringPiece match;
        for (std::size_t at = 0; at <= line.size() && !how_.invert &&
                                 pattern_.Match(whole, at, line.size(), RE2::UNANCHORED, &match, 1);
             at = static_cast<std::size_t>(match.data() - line.data()) +
                  std::max<std::size_t>(match.size(), 1)) {
            if (!match.empty()) {
                add(std::string_view(match.data(), match.size()), ':', text);
            }
        }
    }

    const RE2& pattern_;
    const How& how_;
    std::string name_;
    bool binary_ = false;
    std::uint64_t number_ = 0;  // of the line
    std::uint64_t found_ = 0;
    std::deque<std::string> before_;  // as they would be printed
    std::int64_t still_to_print_ = 0;
    std::int64_t printed_to_ = 0;
};

Coroutine<> search(Fd in, Fd out, Search searching, bool& found) {
    LineBlocks input(in);
    while (!searching.done()) {
        const std::string_view block = co_await input.next();
        if (block.empty()) {
            break;
        }
        co_await write_all(out, searching.look_at(block));
    }
    found = found || searching.found();
    co_await write_all(out, searching.summary());
}

Coroutine<int> grep(Invocation invocation) {
    How how;
    bool recursive = false;
    bool no_name = false;
    bool silent = false;
    Number before{.value = 0};
    Number after{.value = 0};
    Number context{.value = 0};
    PatternMeaning means;
    std::vector<std::string> patterns;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "the pattern, unless -e gives it, and the files; -: the standard input");
    options.option("-e,--regexp", "PATTERN", patterns, "look for this; may be repeated");
    options.flag("-E,--extended-regexp", means.extended, "( ) { } | + ? are special as they stand");
    options.flag("-F,--fixed-strings", means.fixed, "nothing is special");
    options.flag("-i,--ignore-case", means.ignore_case, "A and a are the same");
    options.flag("-v,--invert-match", how.invert, "look for lines that do not match");
    options.flag("-w,--word-regexp", means.words, "match whole words only");
    options.flag("-x,--line-regexp", means.lines, "match whole lines only");
    options.flag("-n,--line-number", how.number, "print the lines' numbers");
    options.flag("-c,--count", how.count, "print how many lines match, and not which");
    options.flag("-l,--files-with-matches", how.names_only, "print the names of the files only");
    options.flag("-o,--only-matching", how.matches_only, "print what matches, not the whole line");
    options.flag("-q,--quiet", how.quiet, "print nothing: the status tells");
    options.flag("-s,--no-messages", silent, "say nothing of files that cannot be read");
    options.flag("-H,--with-filename", how.with_name, "print the names of the files, too");
    options.flag("-h,--no-filename", no_name, "do not");
    options.flag("-r,--recursive", recursive, "go through all files below a directory");
    options.option("-A,--after-context", "N", after, "print N lines behind, too");
    options.option("-B,--before-context", "N", before, "print N lines before, too");
    options.option("-C,--context", "N", context, "both");
    options.example("grep -n 'co_yield' programs/files/cat.cpp");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (patterns.empty()) {
        if (files.empty()) {
            co_return co_await options.refuse("a pattern is required");
        }
        patterns.push_back(files.front());
        files.erase(files.begin());
    }
    how.before = std::max(before.value, context.value);
    how.after = std::max(after.value, context.value);
    how.with_name = (how.with_name || files.size() > 1 || recursive) && !no_name;
    std::unique_ptr<RE2> pattern;
    std::string wrong;
    try {
        pattern = compile_patterns(patterns, means);
    } catch (const std::invalid_argument& invalid) {
        wrong = invalid.what();
    }
    if (!pattern) {
        co_await print(invocation.err, "grep: {}\n", wrong);
        co_return 2;
    }
    if (recursive) {
        if (files.empty()) {
            files.emplace_back(".");
        }
        files = co_await files_below(files);
    }
    bool found = false;
    const Fd out = invocation.out;
    const auto search_one = [&](Fd fd, const std::string& name) {
        return search(
            fd, out, Search(*pattern, how, name == "-" ? "(standard input)" : name), found);
    };
    const Complaints complaints = silent ? Complaints::kept : Complaints::printed;
    const int status = co_await for_each_file(invocation, files, search_one, complaints);
    co_return status != 0 && !(found && how.quiet) ? 2 : found ? 0 : 1;
}

const Program program("grep", "print the lines that match a pattern", grep);

}  // namespace
}  // namespace yos
