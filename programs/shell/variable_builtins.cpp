// The shell's own commands for variables, arguments and options.

#include "programs/lib/pattern.h"
#include "programs/lib/print.h"
#include "programs/shell/builtins.h"
#include "programs/shell/lexer.h"
#include "programs/shell/shell.h"
#include "syscalls/read.h"

#include <algorithm>

namespace yos::shell {
namespace {

/// Takes a line and no more; false when the file ends before the newline.
Coroutine<bool> read_line_from(Fd fd, std::string& line) {
    for (char next = 0;;) {
        const std::size_t got = co_yield Read{fd, std::span<char>(&next, 1)};
        if (got == 0 || next == '\n') {
            co_return got > 0;
        }
        line += next;
    }
}

Coroutine<int> run_export(Shell& shell, Words words) {
    State& state = shell.state();
    if (words.empty()) {
        for (const auto& [name, variable] : *state.variables) {
            if (variable.exported) {
                co_await print(state.out(), "export {}=\"{}\"\n", name, variable.value);
            }
        }
    }
    int status = 0;
    for (const std::string& word : words) {
        const std::string name = word.substr(0, word.find('='));
        if (!is_name(name)) {
            status =
                co_await complain(shell, "export", "\"" + name + "\" is no name for a variable");
            continue;
        }
        Variable& variable = state.variables.change()[name];
        variable.exported = true;
        if (name.size() < word.size()) {
            variable.value = word.substr(name.size() + 1);
        }
    }
    co_return status;
}

Coroutine<int> run_unset(Shell& shell, Words words) {
    State& state = shell.state();
    const bool functions = !words.empty() && words.front() == "-f";
    if (functions || (!words.empty() && words.front() == "-v")) {
        words.erase(words.begin());
    }
    for (const std::string& name : words) {
        if (functions) {
            state.functions.change().erase(name);
        } else {
            state.variables.change().erase(name);
        }
    }
    co_return 0;
}

Coroutine<int> run_set(Shell& shell, Words words) {
    State& state = shell.state();
    if (words.empty()) {
        for (const auto& [name, variable] : *state.variables) {
            co_await print(state.out(), "{}={}\n", name, variable.value);
        }
    }
    bool arguments_follow = false;
    while (!words.empty() && !arguments_follow) {
        const std::string word = words.front();
        if (!word.starts_with('-') && !word.starts_with('+')) {
            arguments_follow = true;
            break;
        }
        words.erase(words.begin());
        arguments_follow = word == "--";
        if (!arguments_follow && word.find_first_not_of("ex", 1) != std::string::npos) {
            co_return co_await complain(
                shell, "set", "\"" + word + "\": it knows -e, -x, +e, +x and --", usage_status);
        }
        const bool on = word.front() == '-';
        state.exit_on_error = word.find('e') != std::string::npos ? on : state.exit_on_error;
        state.trace = word.find('x') != std::string::npos ? on : state.trace;
    }
    if (arguments_follow) {
        state.arguments = Shared(std::move(words));
    }
    co_return 0;
}

Coroutine<int> run_shift(Shell& shell, Words words) {
    State& state = shell.state();
    std::optional<int> count = 1;
    if (!words.empty()) {
        count = co_await number_of(shell, "shift", words.front(), 0);
    }
    if (!count || *count > static_cast<int>(state.arguments->size())) {
        co_return 1;
    }
    Words& arguments = state.arguments.change();
    arguments.erase(arguments.begin(), arguments.begin() + *count);
    co_return 0;
}

/// Splits a line among the variables; the last takes what is left. Status 1 at the end of the file.
Coroutine<int> run_read(Shell& shell, Words words) {
    State& state = shell.state();
    const bool raw = !words.empty() && words.front() == "-r";
    words.erase(words.begin(), words.begin() + (raw ? 1 : 0));
    if (words.empty()) {
        words.push_back("REPLY");
    }
    for (const std::string& name : words) {
        if (!is_name(name)) {
            co_return co_await complain(shell, "read", "\"" + name + "\" is no name", usage_status);
        }
    }
    std::string rest;
    bool complete = co_await read_line_from(state.in(), rest);
    while (!raw && rest.ends_with('\\') && complete) {
        rest.pop_back();
        complete = co_await read_line_from(state.in(), rest);
    }
    if (!raw) {
        rest = without_escapes(rest);
    }
    const std::string separators = state.value_of("IFS", " \t\n");
    const std::string blanks = separators.find(' ') != std::string::npos ? " \t\n" : "";
    for (const std::string& name : words) {
        rest.erase(0, std::min(rest.find_first_not_of(blanks), rest.size()));
        std::size_t end = rest.find_first_of(separators);
        if (&name == &words.back()) {
            end = std::string::npos;
            rest.erase(rest.find_last_not_of(blanks) + 1);
        }
        state.set(name, rest.substr(0, end));
        rest.erase(0, end == std::string::npos ? end : end + 1);
    }
    co_return complete ? 0 : 1;
}

}  // namespace

std::vector<Builtin> variable_builtins() {
    return {
        {"export", "hand variables on to programs: export NAME[=VALUE]...", run_export},
        {"read", "read a line into variables: read [-r] NAME...", run_read},
        {"set", "-e -x +e +x: options; -- WORD...: arguments; none: variables", run_set},
        {"shift", "drop the first argument; shift N: the first N", run_shift},
        {"unset", "forget variables; -f: functions", run_unset},
    };
}

}  // namespace yos::shell
