#include "programs/lib/command.h"
#include "programs/lib/files.h"
#include "programs/lib/options.h"

namespace yos {
namespace {

/// The words of a text; blanks and newlines end them unless quoted, as in the shell.
std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    bool in_word = false;
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char byte = text[i];
        const bool blank = quote == '\0' && (byte == ' ' || byte == '\t' || byte == '\n');
        if (blank) {
            in_word = false;
            continue;
        }
        if (!in_word) {
            words.emplace_back();
            in_word = true;
        }
        if (quote != '\0' ? byte == quote : byte == '\'' || byte == '"') {
            quote = quote != '\0' ? '\0' : byte;
        } else if (byte == '\\' && quote == '\0' && i + 1 < text.size()) {
            words.back() += text[++i];
        } else {
            words.back() += byte;
        }
    }
    if (quote != '\0') {
        throw std::runtime_error("unmatched quote in the input");
    }
    return words;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const auto begin = line.find_first_not_of(" \t");
        if (begin != std::string_view::npos) {
            lines.emplace_back(line.substr(begin));
        }
    }
    return lines;
}

void replace_all(std::string& word, const std::string& what, const std::string& with) {
    for (auto at = word.find(what); at != std::string::npos; at = word.find(what, at)) {
        word.replace(at, what.size(), with);
        at += with.size();
    }
}

Coroutine<int> xargs(Invocation invocation) {
    constexpr int not_found = 127;
    constexpr int some_failed = 123;
    Number at_once{.value = INT64_MAX, .least = 1};
    std::string placeholder;
    bool unless_empty = false;
    std::vector<std::string> command;
    Options options(invocation);
    options.rest("COMMAND", command, "what to run, and with which first words; none: echo");
    options.option("-n,--max-args", "N", at_once, "how many words a run gets; all when left out");
    options.option("-I,--replace", "TEXT", placeholder, "a run for each line, which replaces TEXT");
    options.flag("-r,--no-run-if-empty", unless_empty, "no run at all if the input is empty");
    options.example("find . -name '*.h' | xargs grep -l Kernel");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (command.empty()) {
        command.emplace_back("echo");
    }
    std::string text;
    std::string buffer(block_size, '\0');
    while (const std::size_t got = co_yield Read{invocation.in, buffer}) {
        text.append(buffer, 0, got);
    }
    const std::vector<std::string> items = placeholder.empty() ? split(text) : lines_of(text);
    if (items.empty() && (unless_empty || !placeholder.empty())) {
        co_return 0;
    }
    int status = 0;
    std::size_t next = 0;
    do {
        std::vector<std::string> words = command;
        if (placeholder.empty()) {
            const auto most = std::min<std::uint64_t>(items.size() - next,
                                                      static_cast<std::uint64_t>(at_once.value));
            const auto begin = items.begin() + static_cast<std::ptrdiff_t>(next);
            words.insert(words.end(), begin, begin + static_cast<std::ptrdiff_t>(most));
            next += most;
        } else {
            for (std::string& word : words) {
                replace_all(word, placeholder, items[next]);
            }
            ++next;
        }
        const int ended = co_await run_command(invocation, std::move(words));
        if (ended == not_found) {
            co_return not_found;
        }
        status = ended != 0 ? some_failed : status;
    } while (next < items.size());
    co_return status;
}

const Program program("xargs", "run a program with the words of the input", xargs);

}  // namespace
}  // namespace yos
