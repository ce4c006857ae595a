#include "programs/shell/builtins.h"

#include "programs/lib/manual_page.h"
#include "programs/lib/print.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "syscalls/change_directory.h"
#include "syscalls/get_directory.h"
#include "syscalls/tried.h"

#include <algorithm>
#include <charconv>
#include <climits>

namespace yos::shell {
namespace {

Coroutine<int> do_nothing(Shell& /*shell*/, Words /*words*/) {
    co_return 0;
}

Coroutine<int> leave_loop(Shell& shell, std::string name, Words words, Flow flow) {
    State& state = shell.state();
    std::optional<int> levels = 1;
    if (!words.empty()) {
        levels = co_await number_of(shell, name, words.front(), 1);
    }
    if (!levels) {
        co_return usage_status;
    }
    if (state.loop_depth == 0) {
        co_return co_await complain(shell, name, "there is no loop around it", 0);
    }
    state.levels = std::min(*levels, state.loop_depth);
    state.flow = flow;
    co_return 0;
}

Coroutine<int> run_break(Shell& shell, Words words) {
    return leave_loop(shell, "break", std::move(words), Flow::break_loop);
}

Coroutine<int> run_continue(Shell& shell, Words words) {
    return leave_loop(shell, "continue", std::move(words), Flow::continue_loop);
}

Coroutine<int> run_cd(Shell& shell, Words words) {
    State& state = shell.state();
    const bool back = !words.empty() && words.front() == "-";
    std::string path = state.value_of("HOME", "/");
    if (back) {
        path = state.value_of("OLDPWD");
        if (path.empty()) {
            co_return co_await complain(shell, "cd", "there is no directory before this one");
        }
    } else if (!words.empty()) {
        path = words.front();
    }
    const std::string before = co_yield GetDirectory{};
    const auto changed = co_yield Tried{ChangeDirectory{path}};
    if (!changed) {
        co_return co_await complain(shell, "cd", path + ": " + changed.error().message());
    }
    const std::string now = co_yield GetDirectory{};
    state.set("OLDPWD", before);
    state.set("PWD", now);
    if (back) {
        co_await print(state.out(), "{}\n", now);
    }
    co_return 0;
}

Coroutine<int> run_pwd(Shell& shell, Words /*words*/) {
    const std::string directory = co_yield GetDirectory{};
    co_await print(shell.state().out(), "{}\n", directory);
    co_return 0;
}

Coroutine<int> run_eval(Shell& shell, Words words) {
    State& state = shell.state();
    state.status = 0;
    co_await shell.run_lines(joined(words, " "), Source("sh: eval"));
    co_return state.status;
}

Coroutine<int> run_source(Shell& shell, Words words) {
    State& state = shell.state();
    if (words.empty()) {
        co_return co_await complain(shell, ".", "wants a file: . FILE [ARGUMENT...]", usage_status);
    }
    auto script = co_await answer_of(read_script(words.front()));
    if (!script) {
        const std::string what = words.front() + ": " + script.error().message();
        co_return co_await complain(shell, ".", what);
    }
    Source source(words.front(), 1);
    words.erase(words.begin());
    const Shared<Words> before = state.arguments;
    if (!words.empty()) {
        state.arguments = Shared(std::move(words));
    }
    state.status = 0;
    co_await shell.run_lines(*std::move(script), std::move(source));
    if (state.flow == Flow::return_function) {
        state.flow = Flow::next;
    }
    state.arguments = before;
    co_return state.status;
}

Coroutine<int> run_exit(Shell& shell, Words words) {
    State& state = shell.state();
    std::optional<int> status = state.status;
    if (!words.empty()) {
        status = co_await number_of(shell, "exit", words.front(), 0);
    }
    if (!status && state.interactive) {
        co_return usage_status;
    }
    state.flow = Flow::exit;
    co_return status.value_or(usage_status) & 0xff;
}

Coroutine<int> run_return(Shell& shell, Words words) {
    State& state = shell.state();
    std::optional<int> status = state.status;
    if (!words.empty()) {
        status = co_await number_of(shell, "return", words.front(), 0);
    }
    state.flow = Flow::return_function;
    co_return status.value_or(usage_status) & 0xff;
}

Coroutine<int> help_on_call(Shell& shell, std::string name) {
    State& state = shell.state();
    const Manual manual = co_await open_manual();
    const ManualPage* page = manual.find(name);
    if (page == nullptr) {
        co_await say_not_found(state.err(), name);
        co_return 1;
    }
    co_await print(state.out(),
                   "{} is a system call: {}\nman {} tells more.\n",
                   page->name(),
                   page->summary(),
                   page->name());
    co_return 0;
}

Coroutine<int> run_help(Shell& shell, Words words) {
    State& state = shell.state();
    std::vector<std::pair<std::string_view, std::string_view>> lines;
    const std::vector<ProgramRef> programs = co_await all_programs();
    for (const ProgramRef& program : programs) {
        if (find_builtin(program->name()) == nullptr) {
            lines.emplace_back(program->name(), program->summary());
        }
    }
    for (const Builtin& builtin : builtins()) {
        lines.emplace_back(builtin.name, builtin.summary);
    }
    std::sort(lines.begin(), lines.end());
    bool found = words.empty();
    for (const auto& [name, summary] : lines) {
        if (words.empty() || name == words.front()) {
            co_await print(state.out(), "{:<14} {}\n", name, summary);
            found = true;
        }
    }
    if (!found) {
        co_return co_await help_on_call(shell, words.front());
    }
    if (words.empty()) {
        co_await print(state.out(),
                       "PROGRAM --help tells more. A & at the end runs it in the background.\n"
                       "man lists the system calls.\n");
    }
    co_return 0;
}

std::vector<Builtin> general_builtins() {
    return {
        {".", "run a file's lines in this shell, not in one of their own", run_source},
        {":", "do nothing, successfully", do_nothing},
        {"break", "leave a loop; break N: the Nth around this", run_break},
        {"cd", "change the working directory; cd: to $HOME, cd -: back", run_cd},
        {"continue", "go on with a loop's next turn; continue N: the Nth's", run_continue},
        {"eval", "run the words as a line", run_eval},
        {"exit", "leave the shell; exit STATUS: with this one", run_exit},
        {"help", "list what can be run; help NAME: one of it", run_help},
        {"pwd", "print the working directory", run_pwd},
        {"return", "leave a function; return STATUS: with this one", run_return},
        {"source", "run a file's lines in this shell, not in one of their own", run_source},
    };
}

}  // namespace

const std::vector<Builtin>& builtins() {
    static const std::vector<Builtin> all = [] {
        std::vector<Builtin> together;
        for (const auto part : {general_builtins, variable_builtins, job_builtins, test_builtins}) {
            const std::vector<Builtin> some = part();
            together.insert(together.end(), some.begin(), some.end());
        }
        return together;
    }();
    return all;
}

const Builtin* find_builtin(std::string_view name) {
    const std::vector<Builtin>& all = builtins();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Builtin& each) { return each.name == name; });
    return found != all.end() ? &*found : nullptr;
}

Coroutine<int> complain(Shell& shell, std::string builtin, std::string what, int status) {
    co_await print(shell.state().err(), "sh: {}: {}\n", builtin, what);
    co_return status;
}

Coroutine<std::optional<int>> number_of(Shell& shell,
                                        std::string builtin,
                                        std::string text,
                                        int least) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || *end != '\0' || number < least) {
        co_await print(shell.state().err(),
                       "sh: {}: \"{}\" is no whole number, {} or more\n",
                       builtin,
                       text,
                       least);
        co_return std::nullopt;
    }
    co_return number;
}

}  // namespace yos::shell
