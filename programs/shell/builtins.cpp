// What only the shell itself can do.

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

const std::vector<Shell::Builtin> Shell::builtins = {
    {".", "run a file's lines in this shell, not in one of their own", &Shell::run_source},
    {":", "do nothing, successfully", &Shell::do_nothing},
    {"[", "test, with a ] at its end", &Shell::run_bracket},
    {"bg", "let a stopped job go on in the background; bg %N: that one", &Shell::run_bg},
    {"break", "leave a loop; break N: the Nth around this", &Shell::run_break},
    {"cd", "change the working directory; cd: to $HOME, cd -: back", &Shell::run_cd},
    {"continue", "go on with a loop's next turn; continue N: the Nth's", &Shell::run_continue},
    {"disown", "forget a job, and let it run on; disown %N: that one", &Shell::run_disown},
    {"eval", "run the words as a line", &Shell::run_eval},
    {"exit", "leave the shell; exit STATUS: with this one", &Shell::run_exit},
    {"export", "hand variables on to programs: export NAME[=VALUE]...", &Shell::run_export},
    {"fg", "bring a job to the foreground; fg %N: that one", &Shell::run_fg},
    {"help", "list what can be run; help NAME: one of it", &Shell::run_help},
    {"jobs", "list what runs in the background; -l: with all its tasks", &Shell::run_jobs},
    {"kill", "end tasks and jobs: kill TID, kill %N", &Shell::run_kill},
    {"pwd", "print the working directory", &Shell::run_pwd},
    {"read", "read a line into variables: read [-r] NAME...", &Shell::run_read},
    {"return", "leave a function; return STATUS: with this one", &Shell::run_return},
    {"set", "-e -x +e +x: options; -- WORD...: arguments; none: variables", &Shell::run_set},
    {"shift", "drop the first argument; shift N: the first N", &Shell::run_shift},
    {"source", "run a file's lines in this shell, not in one of their own", &Shell::run_source},
    {"test", "status 0 if it is so: -e FILE, TEXT = TEXT, N -lt N...", &Shell::run_test},
    {"unset", "forget variables; -f: functions", &Shell::run_unset},
    {"wait", "wait for the jobs in the background; wait %N, TID: for these", &Shell::run_wait},
};

Coroutine<int> Shell::complain(std::string builtin, std::string what, int status) {
    co_await print(err(), "sh: {}: {}\n", builtin, what);
    co_return status;
}

/// None when it is no number from `least` on, and that was said.
Coroutine<std::optional<int>> Shell::number_of(std::string builtin, std::string text, int least) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || *end != '\0' || number < least) {
        co_await print(
            err(), "sh: {}: \"{}\" is no whole number, {} or more\n", builtin, text, least);
        co_return std::nullopt;
    }
    co_return number;
}

Coroutine<int> Shell::do_nothing(Words /*words*/) {
    co_return 0;
}

Coroutine<int> Shell::run_break(Words words) {
    return leave_loop("break", std::move(words), Flow::break_loop);
}

Coroutine<int> Shell::run_continue(Words words) {
    return leave_loop("continue", std::move(words), Flow::continue_loop);
}

Coroutine<int> Shell::leave_loop(std::string name, Words words, Flow flow) {
    std::optional<int> levels = 1;
    if (!words.empty()) {
        levels = co_await number_of(name, words.front(), 1);
    }
    if (!levels) {
        co_return usage_status;
    }
    if (state_.loop_depth == 0) {
        co_return co_await complain(name, "there is no loop around it", 0);
    }
    levels_ = std::min(*levels, state_.loop_depth);
    flow_ = flow;
    co_return 0;
}

Coroutine<int> Shell::run_cd(Words words) {
    const bool back = !words.empty() && words.front() == "-";
    std::string path = state_.value_of("HOME", "/");
    if (back) {
        path = state_.value_of("OLDPWD");
        if (path.empty()) {
            co_return co_await complain("cd", "there is no directory before this one");
        }
    } else if (!words.empty()) {
        path = words.front();
    }
    const std::string before = co_yield GetDirectory{};
    const auto changed = co_yield Tried{ChangeDirectory{path}};
    if (!changed) {
        co_return co_await complain("cd", path + ": " + changed.error().message());
    }
    const std::string now = co_yield GetDirectory{};
    state_.set("OLDPWD", before);
    state_.set("PWD", now);
    if (back) {
        co_await print(out(), "{}\n", now);
    }
    co_return 0;
}

Coroutine<int> Shell::run_pwd(Words /*words*/) {
    const std::string directory = co_yield GetDirectory{};
    co_await print(out(), "{}\n", directory);
    co_return 0;
}

Coroutine<int> Shell::run_eval(Words words) {
    state_.status = 0;
    co_await run_lines(joined(words, " "), Source("sh: eval"));
    co_return state_.status;
}

Coroutine<int> Shell::run_source(Words words) {
    if (words.empty()) {
        co_return co_await complain(".", "wants a file: . FILE [ARGUMENT...]", usage_status);
    }
    auto script = co_await answer_of(read_script(words.front()));
    if (!script) {
        const std::string what = words.front() + ": " + script.error().message();
        co_return co_await complain(".", what);
    }
    Source source(words.front(), 1);
    words.erase(words.begin());
    const Shared<Words> before = state_.arguments;
    if (!words.empty()) {
        state_.arguments = Shared(std::move(words));
    }
    state_.status = 0;
    co_await run_lines(*std::move(script), std::move(source));
    if (flow_ == Flow::return_function) {
        flow_ = Flow::next;
    }
    state_.arguments = before;
    co_return state_.status;
}

Coroutine<int> Shell::run_exit(Words words) {
    std::optional<int> status = state_.status;
    if (!words.empty()) {
        status = co_await number_of("exit", words.front(), 0);
    }
    if (!status && state_.interactive) {
        co_return usage_status;
    }
    flow_ = Flow::exit;
    co_return status.value_or(usage_status) & 0xff;
}

Coroutine<int> Shell::run_return(Words words) {
    std::optional<int> status = state_.status;
    if (!words.empty()) {
        status = co_await number_of("return", words.front(), 0);
    }
    flow_ = Flow::return_function;
    co_return status.value_or(usage_status) & 0xff;
}

Coroutine<int> Shell::run_help(Words words) {
    std::vector<std::pair<std::string_view, std::string_view>> lines;
    const std::vector<ProgramRef> programs = co_await all_programs();
    for (const ProgramRef& program : programs) {
        if (find_builtin(std::string(program->name())) == nullptr) {
            lines.emplace_back(program->name(), program->summary());
        }
    }
    for (const Builtin& builtin : builtins) {
        lines.emplace_back(builtin.name, builtin.summary);
    }
    std::sort(lines.begin(), lines.end());
    bool found = words.empty();
    for (const auto& [name, summary] : lines) {
        if (words.empty() || name == words.front()) {
            co_await print(out(), "{:<14} {}\n", name, summary);
            found = true;
        }
    }
    if (!found) {
        co_return co_await help_on_call(words.front());
    }
    if (words.empty()) {
        co_await print(out(),
                       "PROGRAM --help tells more. A & at the end runs it in the background.\n"
                       "man lists the system calls.\n");
    }
    co_return 0;
}

Coroutine<int> Shell::help_on_call(std::string name) {
    const Manual manual = co_await open_manual();
    const ManualPage* page = manual.find(name);
    if (page == nullptr) {
        co_await say_not_found(name);
        co_return 1;
    }
    co_await print(out(),
                   "{} is a system call: {}\nman {} tells more.\n",
                   page->name(),
                   page->summary(),
                   page->name());
    co_return 0;
}

}  // namespace yos::shell
