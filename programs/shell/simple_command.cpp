// The part of the interpreter that runs what is no construct: NAME=VALUE... WORD...

#include "programs/lib/print.h"
#include "programs/shell/builtins.h"
#include "programs/shell/expand.h"
#include "programs/shell/job_control.h"
#include "programs/shell/redirect.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "syscalls/file_status.h"
#include "syscalls/open.h"
#include "syscalls/tried.h"

namespace yos::shell {
namespace {

constexpr int most_calls = 1'000;  // of functions, one inside the other

/// A program, and what its descriptors need to stay open.
Coroutine<int> run_holding(Invocation invocation, Streams /*held*/) {
    co_return co_await Program::run(std::move(invocation));
}

/// The exported variables, as a program finds them.
std::shared_ptr<const Environment> environment_of(const State& state) {
    auto exported = std::make_shared<Environment>();
    for (const auto& [name, variable] : *state.variables) {
        if (variable.exported) {
            exported->emplace(name, variable.value);
        }
    }
    return exported;
}

/// Undoes assignments, the last of them first.
void restore(State& state, const SavedVariables& saved) {
    for (auto each = saved.rbegin(); each != saved.rend(); ++each) {
        if (each->second) {
            state.variables.change()[each->first] = *each->second;
        } else {
            state.variables.change().erase(each->first);
        }
    }
}

}  // namespace

/// With `in_place`, a program is run by this very task, which has nothing else to do.
Coroutine<> Shell::run_simple(const Command& command, bool in_place) {
    const auto& simple = std::get<SimpleCommand>(command.what);
    substitution_status_.reset();
    Words words = co_await expand(*this, simple.words);
    if (state_.flow != Flow::next) {
        co_return;
    }
    const Redirected restored(state_.streams);
    if (!co_await redirect(*this, command.redirections)) {
        co_return;
    }
    if (words.empty()) {
        co_await assign(simple, nullptr);
        if (state_.flow == Flow::next) {
            state_.status = substitution_status_.value_or(0);
        }
        co_return;
    }
    if (state_.trace) {
        co_await print(state_.err(), "+ {}\n", joined(words, " "));
    }
    SavedVariables saved;
    co_await assign(simple, &saved);
    if (state_.flow == Flow::next) {
        co_await run_words(std::move(words), in_place);
    }
    restore(state_, saved);
}

Coroutine<> Shell::run_words(Words words, bool in_place) {
    std::string name = std::move(words.front());
    words.erase(words.begin());
    const auto function = state_.functions->find(name);
    if (function != state_.functions->end()) {
        co_return co_await run_function(function->second, std::move(words));
    }
    if (const Builtin* builtin = find_builtin(name)) {
        co_return co_await run_builtin(*builtin, std::move(words));
    }
    co_await run_program(std::move(name), std::move(words), in_place);
}

/// Before a command the values hold only as long as it runs: what was before goes to `saved`.
Coroutine<> Shell::assign(const SimpleCommand& command, SavedVariables* saved) {
    for (const Assignment& each : command.assignments) {
        std::string value = co_await expand_to_text(*this, each.value);
        if (state_.flow != Flow::next) {
            co_return;
        }
        if (state_.trace) {
            co_await print(state_.err(), "+ {}={}\n", each.name, value);
        }
        if (saved != nullptr) {
            const auto before = state_.variables->find(each.name);
            const bool was_set = before != state_.variables->end();
            saved->emplace_back(each.name, was_set ? std::optional(before->second) : std::nullopt);
        }
        state_.set(each.name, std::move(value));
        if (saved != nullptr) {
            state_.variables.change()[each.name].exported = true;
        }
    }
}

Coroutine<> Shell::run_function(CommandRef body, Words arguments) {
    if (state_.function_depth >= most_calls) {
        co_await print(
            state_.err(), "sh: functions call each other more than {} deep\n", most_calls);
        state_.status = 1;
        state_.flow = state_.interactive ? Flow::interrupted : Flow::exit;
        co_return;
    }
    const Counted one_more(state_.function_depth);
    const Shared<Words> before = std::exchange(state_.arguments, Shared(std::move(arguments)));
    co_await run_command(std::move(body));
    state_.arguments = before;
    if (state_.flow == Flow::return_function) {
        state_.flow = Flow::next;
    }
}

/// A built-in that fails ends as a program does that fails: see Program::run.
Coroutine<> Shell::run_builtin(Builtin builtin, Words words) {
    std::string failure;
    try {
        state_.status = co_await builtin.run(*this, std::move(words));
        co_return;
    } catch (const std::system_error& error) {
        state_.status = broken_pipe_status;
        if (error.code() == std::errc::broken_pipe) {
            co_return;
        }
        const bool printed = dynamic_cast<const OutputFailed*>(&error) != nullptr;
        failure = (printed ? "write error: " : "") + error.code().message();
    }
    state_.status = 1;
    co_await print(state_.err(), "sh: {}: {}\n", builtin.name, failure);
}

Coroutine<> Shell::run_program(std::string name, Words words, bool in_place) {
    if (name.find('/') != std::string::npos) {
        co_return co_await run_script(std::move(name), std::move(words), in_place);
    }
    const ProgramRef program = co_await find_program(name);
    if (!program) {
        state_.status = not_found_status;
        co_return co_await say_not_found(state_.err(), std::move(name));
    }
    Invocation invocation(program, std::move(words));
    invocation.in = state_.in();
    invocation.out = state_.out();
    invocation.err = state_.err();
    invocation.environment = environment_of(state_);
    if (in_place) {
        state_.status = co_await Program::run(std::move(invocation));
        co_return;
    }
    const auto task = co_await answer_of(
        spawn(run_holding(std::move(invocation), state_.streams), name, foreground_job(state_)));
    if (!task) {
        state_.status = not_runnable_status;
        co_return co_await print(state_.err(), "sh: {}: {}\n", name, task.error().message());
    }
    std::vector<Tid> tasks = {*task};
    co_await run_in_foreground(state_, std::move(tasks), item_text_);
}

/// A file that is named by a path is a script, and has a shell of its own.
Coroutine<> Shell::run_script(std::string path, Words words, bool in_place) {
    const auto file = co_yield Tried{FileStatus{path}};
    std::error_code why = file.error();
    if (file && (file->kind == FileKind::directory || (file->permissions & 0111) == 0)) {
        why = std::make_error_code(std::errc::permission_denied);
    }
    if (why) {
        state_.status = status_without(why);
        co_return co_await print(state_.err(), "sh: {}: {}\n", path, why.message());
    }
    words.insert(words.begin(), std::move(path));
    co_await run_program("sh", std::move(words), in_place);
}

Coroutine<std::string> read_script(std::string path) {
    const Descriptor file = co_yield Open{path};
    co_return co_await read_to_end(file);
}

int status_without(const std::error_code& why) {
    const bool missing =
        why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory;
    return missing ? not_found_status : not_runnable_status;
}

Coroutine<> say_not_found(Fd err, std::string name) {
    const std::string nearest = co_await nearest_program(name);
    std::string advice = "; help lists them";
    if (!nearest.empty()) {
        advice = fmt::format(": did you mean {}?", nearest);
    }
    co_await print(err, "sh: no program \"{}\"{}\n", name, advice);
}

}  // namespace yos::shell
