// What may come next on a line of commands.

#include "programs/shell/completion.h"

#include "programs/lib/manual_page.h"
#include "programs/shell/parser.h"
#include "programs/shell/shell.h"
#include "syscalls/await_completion.h"
#include "syscalls/list_directory.h"
#include "syscalls/list_modules.h"
#include "syscalls/list_tasks.h"
#include "syscalls/offer_completions.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace yos::shell {
namespace {

constexpr std::string_view special = " \t\n\"'\\$`*?[]#~;&|<>(){}!";

/// Behind these the next word is a command again.
bool begins_command(const std::string& word) {
    static const std::set<std::string> keywords = {
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "xargs", "env"};
    return keywords.contains(word) || (word.find('=') != std::string::npos && word.front() != '=');
}

bool is_name(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// Where the name of a variable begins that ends the word; npos when none does.
std::size_t variable_in(std::string_view word) {
    std::size_t begin = word.rfind('$');
    if (begin == std::string_view::npos) {
        return begin;
    }
    begin += begin + 1 < word.size() && word[begin + 1] == '{' ? 2 : 1;
    return is_name(word.substr(begin)) ? begin : std::string_view::npos;
}

/// Reads a line from the left, as the lexer would, but is content with what is not finished.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    Place run() {
        for (at_ = 0; at_ < text_.size(); ++at_) {
            step(text_[at_]);
        }
        place_.from = begun_ ? place_.from : text_.size();
        if (quoted_from_begin_ && place_.quote == '\0') {
            --place_.from;  // its quotes are replaced too
        } else if (!quoted_from_begin_) {
            place_.quote = '\0';  // likewise
        }
        const std::size_t variable =
            place_.quote == '\'' ? std::string_view::npos : variable_in(raw());
        if (variable != std::string_view::npos) {
            place_.is_variable = true;
            place_.word = raw().substr(variable);
            place_.from += variable;
        }
        while (!place_.words.empty() && begins_command(place_.words.front())) {
            place_.words.erase(place_.words.begin());
        }
        return std::move(place_);
    }

private:
    std::string_view raw() const { return text_.substr(place_.from); }

    void step(char c) {
        if (place_.quote != '\0') {
            in_quotes(c);
        } else if (c == '\\' && at_ + 1 < text_.size()) {
            add(text_[++at_]);
        } else if (c == '"' || c == '\'') {
            place_.quote = c;
            if (!begun_) {
                begun_ = quoted_from_begin_ = true;
                place_.from = at_ + 1;
            }
        } else if (c == ' ' || c == '\t') {
            end_word();
        } else if (std::string_view("|&;()\n").find(c) != std::string_view::npos) {
            end_word();
            place_.words.clear();
            place_.is_file = false;
        } else if (c == '<' || c == '>') {
            end_word();
            place_.is_file = true;
        } else {
            add(c);
        }
    }

    void in_quotes(char c) {
        if (c == place_.quote) {
            place_.quote = '\0';
        } else if (c == '\\' && place_.quote == '"' && at_ + 1 < text_.size()) {
            place_.word += text_[++at_];
        } else {
            place_.word += c;
        }
    }

    void add(char c) {
        if (!begun_) {
            begun_ = true;
            place_.from = at_ > 0 && text_[at_ - 1] == '\\' ? at_ - 1 : at_;
        }
        place_.word += c;
    }

    void end_word() {
        if (begun_ && !place_.is_file) {
            place_.words.push_back(place_.word);
        }
        place_.is_file = place_.is_file && !begun_;
        place_.word.clear();
        begun_ = quoted_from_begin_ = false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool begun_ = false;              // a word
    bool quoted_from_begin_ = false;  // it is
    Place place_;
};

/// The options that a program's --help tells of: `-n,--lines N  ...`.
std::set<std::string> options_in(const std::string& help) {
    std::set<std::string> options;
    for (std::size_t line = 0; line < help.size(); line = help.find('\n', line) + 1) {
        std::size_t at = help.find_first_not_of(' ', line);
        while (at < help.size() && help[at] == '-') {
            const std::size_t end = std::min(help.find_first_of(", =\n", at), help.size());
            options.insert(help.substr(at, end - at));
            at = help[end] == ',' ? help.find_first_not_of(' ', end + 1) : help.size();
        }
        if (help.find('\n', line) == std::string::npos) {
            break;
        }
    }
    return options;
}

}  // namespace

Place place_in(std::string_view text) {
    return Scanner(text).run();
}

std::string typed_at(const Place& place, const std::string& word) {
    if (place.is_variable) {
        return word + ' ';
    }
    std::string typed;
    for (const char c : word) {
        const bool needs_quote = place.quote == '\0' ? special.find(c) != std::string_view::npos
                                 : place.quote == '"'
                                     ? c == '"' || c == '$' || c == '\\' || c == '`'
                                     : false;
        typed += needs_quote ? "\\" : "";
        typed += c;
    }
    if (!word.ends_with('/')) {
        typed += place.quote != '\0' ? std::string{place.quote, ' '} : " ";
    }
    return typed;
}

Coroutine<> Shell::await_line() {
    for (bool asked = true; asked;) {
        try {
            auto first =
                co_yield Select{AwaitCompletion{state_.terminal}, ReadWait{state_.terminal}};
            asked = first.index() == 0;
            if (asked) {
                co_await answer(std::get<0>(std::move(first)));
            }
        } catch (const std::system_error&) {  // ENOTTY, or it was hung up
            asked = false;
        }
    }
}

/// Whoever asked waits for it: if nothing can be found, for nothing.
Coroutine<> Shell::answer(CompletionRequest request) {
    Completions completions;
    try {
        completions = co_await complete(std::move(request));
    } catch (const std::system_error&) {  // EAGAIN: no task for it
    }
    co_yield OfferCompletions{state_.terminal, std::move(completions)};
}

/// What may stand in the line at the cursor.
Coroutine<Completions> Shell::complete(CompletionRequest request) {
    const Place place = place_in(std::string_view(request.line).substr(0, request.cursor));
    Completions completions{.from = place.from};
    const std::set<std::string> words = co_await words_for(place);
    for (const std::string& word : words) {
        if (word.starts_with(place.word)) {
            completions.words.push_back(typed_at(place, word));
        }
    }
    co_return completions;
}

Coroutine<std::set<std::string>> Shell::words_for(Place place) {
    if (place.is_variable) {
        std::set<std::string> names;
        for (const auto& [name, variable] : *state_.variables) {
            names.insert(name);
        }
        co_return names;
    }
    const bool is_path = place.is_file || place.word.find('/') != std::string::npos;
    if (place.words.empty() && !is_path) {
        co_return co_await all_commands();
    }
    const std::string command = place.words.empty() ? "" : place.words.front();
    if (!place.is_file && place.word.starts_with('-')) {
        co_return co_await options_of(command);
    }
    if (!is_path) {
        std::set<std::string> words = co_await arguments_of(command);
        if (!words.empty()) {
            co_return words;
        }
    }
    co_return co_await files_for(place.word, command == "cd");
}

Coroutine<std::set<std::string>> Shell::all_commands() {
    std::set<std::string> names;
    for (const Builtin& builtin : builtins) {
        names.insert(builtin.name);
    }
    for (const auto& [name, body] : *state_.functions) {
        names.insert(name);
    }
    const std::vector<ProgramRef> programs = co_await all_programs();
    for (const ProgramRef& program : programs) {
        names.emplace(program->name());
    }
    co_return names;
}

Coroutine<std::set<std::string>> Shell::options_of(std::string command) {
    if (find_builtin(command) != nullptr || !co_await find_program(command)) {
        co_return std::set<std::string>();
    }
    const int status = state_.status;
    const std::string script = command + " --help </dev/null 2>/dev/null";
    Parser parser(script);
    auto list = std::make_shared<const List>(*parser.next_line());
    const std::string help = co_await output_of(std::move(list));
    state_.status = status;
    co_return options_in(help);
}

/// Those commands whose arguments are no files: tasks, jobs, calls, modules. None for the others.
Coroutine<std::set<std::string>> Shell::arguments_of(std::string command) {
    const auto is_one_of = [&](std::initializer_list<const char*> names) {
        return std::count(names.begin(), names.end(), command) > 0;
    };
    std::set<std::string> words;
    if (is_one_of({"fg", "bg", "kill", "wait", "disown"})) {
        for (const Job& job : jobs_.all()) {
            words.insert("%" + std::to_string(job.number));
        }
    }
    if (is_one_of({"kill", "where", "wait"})) {
        const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
        for (const TaskSnapshot& task : tasks) {
            if (!task.is_kernel) {
                words.insert(std::to_string(task.tid));
            }
        }
    }
    if (is_one_of({"help", "man"})) {
        const Manual manual = co_await open_manual();
        for (const ManualPage* page : manual.pages()) {
            words.emplace(page->name());
        }
    }
    if (is_one_of({"help", "time", "watch", "xargs", "env"})) {
        words.merge(co_await all_commands());
    }
    if (is_one_of({"unload"})) {
        const std::vector<ModuleInfo> modules = co_yield ListModules{};
        for (const ModuleInfo& module : modules) {
            words.insert(module.name);
        }
    }
    co_return words;
}

/// Paths that begin with `word`; directories end in a slash. Hidden ones only if that is said.
Coroutine<std::set<std::string>> Shell::files_for(std::string word, bool directories_only) {
    const std::size_t slash = word.rfind('/');
    const std::string before = slash == std::string::npos ? "" : word.substr(0, slash + 1);
    const std::string name = word.substr(before.size());
    const std::string directory = before.empty() ? "." : before;
    std::set<std::string> paths;
    try {
        const std::vector<DirectoryEntry> entries = co_yield ListDirectory{directory};
        for (const DirectoryEntry& entry : entries) {
            const bool is_directory = entry.kind == FileKind::directory;
            if (entry.name.starts_with(name) && (name.starts_with('.') || entry.name[0] != '.') &&
                (is_directory || !directories_only)) {
                paths.insert(before + entry.name + (is_directory ? "/" : ""));
            }
        }
    } catch (const std::system_error&) {  // there is no such directory, and so nothing in it
    }
    co_return paths;
}

}  // namespace yos::shell
