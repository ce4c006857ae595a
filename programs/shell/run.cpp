// The part of the interpreter that walks the tree.

#include "programs/lib/pattern.h"
#include "programs/lib/print.h"
#include "programs/shell/expand.h"
#include "programs/shell/job_control.h"
#include "programs/shell/parser.h"
#include "programs/shell/redirect.h"
#include "programs/shell/shell.h"
#include "syscalls/get_tid.h"
#include "syscalls/yield.h"

namespace yos::shell {

Shell::Shell(const Invocation& invocation, bool interactive) {
    state_.streams = {Stream(invocation.in), Stream(invocation.out), Stream(invocation.err)};
    state_.terminal = invocation.in;
    state_.interactive = interactive;
    for (const auto& [name, value] : *invocation.environment) {
        state_.variables.change()[name] = {value, true};
    }
}

Coroutine<bool> Shell::run_text(std::string text, Source source, bool more_may_come) {
    if (state_.shell == kernel_tid) {
        state_.shell = co_yield GetTid{};
    }
    const bool complete = co_await run_lines(std::move(text), std::move(source), more_may_come);
    if (state_.flow == Flow::interrupted) {
        state_.flow = state_.interactive ? Flow::next : Flow::exit;
    }
    co_return complete;
}

Coroutine<bool> Shell::run_lines(std::string text, Source source, bool more_may_come) {
    Parser parser(text, source.first_line);
    while (state_.flow == Flow::next) {
        std::optional<List> line;
        std::string wrong;
        try {
            line = parser.next_line();
        } catch (const Unfinished& unfinished) {
            awaits_ = unfinished.awaits();
            wrong = unfinished.what();
            if (more_may_come) {
                co_return false;
            }
        } catch (const SyntaxError& error) {
            wrong = error.what();
        }
        if (!wrong.empty()) {
            co_await print(state_.err(), "{}: {}\n", source.name, wrong);
            state_.status = usage_status;
            state_.flow = state_.interactive ? state_.flow : Flow::exit;
            break;
        }
        if (!line) {
            break;
        }
        co_await run_list(*line);
    }
    co_return true;
}

Coroutine<> Shell::recover() {
    state_.flow = Flow::next;
    state_.status = ExitStatus::cancelled_code;
    if (state_.interactive && !state_.subshell) {
        co_await take_terminal(state_);
    }
}

Coroutine<> Shell::run_list(const List& list) {
    for (const Item& item : list) {
        if (item.background) {
            co_await start_in_background(item);
        } else {
            item_text_ = item.text;
            co_await run_and_or(*item.what);
        }
        if (state_.flow != Flow::next) {
            co_return;
        }
    }
}

Coroutine<> Shell::run_and_or(const AndOr& and_or) {
    co_await run_pipeline(and_or.first, !and_or.rest.empty());
    for (const AndOr::Rest& rest : and_or.rest) {
        if (state_.flow != Flow::next) {
            co_return;
        }
        if (rest.after_success == (state_.status == 0)) {
            co_await run_pipeline(rest.pipeline, &rest != &and_or.rest.back());
        }
    }
}

/// With -e a failure ends the shell, unless it is an answer to something: `is_condition`.
Coroutine<> Shell::run_pipeline(const Pipeline& pipeline, bool is_condition) {
    const Counted condition(state_.conditions, is_condition || pipeline.negated);
    bool counts = true;  // a compound command's failure has counted inside it
    if (pipeline.stages.size() == 1) {
        const CommandRef& command = pipeline.stages.front();
        const Group* group = std::get_if<Group>(&command->what);
        counts = std::holds_alternative<SimpleCommand>(command->what) ||
                 (group != nullptr && group->subshell);
        co_await run_command(command);
    } else {
        std::vector<Tid> tasks = co_await start_stages(pipeline, foreground_job(state_));
        co_await run_in_foreground(state_, std::move(tasks), item_text_);
    }
    if (pipeline.negated && state_.flow == Flow::next) {
        state_.status = state_.status == 0 ? 1 : 0;
    }
    if (state_.exit_on_error && counts && state_.status != 0 && state_.conditions == 0 &&
        state_.flow == Flow::next) {
        state_.flow = Flow::exit;
    }
}

Coroutine<> Shell::run_command(CommandRef command) {
    if (std::holds_alternative<SimpleCommand>(command->what)) {
        co_return co_await run_simple(*command, false);
    }
    const Redirected restored(state_.streams);
    if (co_await redirect(*this, command->redirections)) {
        co_await run_compound(command);
    }
}

Coroutine<> Shell::run_compound(CommandRef command) {
    if (const auto* group = std::get_if<Group>(&command->what)) {
        if (!group->subshell) {
            co_return co_await run_list(group->body);
        }
        std::vector<Tid> tasks;
        tasks.push_back(co_await start_apart(command, state_.streams, foreground_job(state_)));
        co_await run_in_foreground(state_, std::move(tasks), item_text_);
    } else if (const auto* choice = std::get_if<If>(&command->what)) {
        co_await run_if(*choice);
    } else if (const auto* loop = std::get_if<Loop>(&command->what)) {
        co_await run_loop(*loop);
    } else if (const auto* words = std::get_if<For>(&command->what)) {
        co_await run_for(*words);
    } else if (const auto* cases = std::get_if<Case>(&command->what)) {
        co_await run_case(*cases);
    } else if (const auto* function = std::get_if<Function>(&command->what)) {
        state_.functions.change()[function->name] = function->body;
        state_.status = 0;
    }
}

Coroutine<> Shell::run_if(const If& command) {
    for (const If::Branch& branch : command.branches) {
        {
            const Counted condition(state_.conditions);
            co_await run_list(branch.condition);
        }
        if (state_.flow != Flow::next) {
            co_return;
        }
        if (state_.status == 0) {
            co_return co_await run_list(branch.body);
        }
    }
    state_.status = 0;
    co_await run_list(command.otherwise);
}

Coroutine<> Shell::run_loop(const Loop& loop) {
    const Counted one_more(state_.loop_depth);
    int status = 0;
    for (;;) {
        {
            const Counted condition(state_.conditions);
            if (!co_await run_body(loop.condition)) {
                break;
            }
        }
        if ((state_.status == 0) == loop.until) {
            state_.status = status;
            break;
        }
        if (!co_await run_body(loop.body)) {
            break;
        }
        status = state_.status;
    }
}

Coroutine<> Shell::run_for(const For& loop) {
    const Counted one_more(state_.loop_depth);
    Words words = *state_.arguments;
    if (loop.words) {
        words = co_await expand(*this, *loop.words);
    }
    state_.status = state_.flow == Flow::next ? 0 : state_.status;
    for (std::string& word : words) {
        state_.set(loop.name, std::move(word));
        if (!co_await run_body(loop.body)) {
            break;
        }
    }
}

/// Once through a loop's body; false when that was the last time.
Coroutine<bool> Shell::run_body(const List& body) {
    co_yield Yield{};  // commands of the shell's own need not trap, but Ctrl-C must get through
    co_await run_list(body);
    if ((state_.flow == Flow::break_loop || state_.flow == Flow::continue_loop) &&
        --state_.levels == 0) {
        const bool goes_on = state_.flow == Flow::continue_loop;
        state_.flow = Flow::next;
        co_return goes_on;
    }
    co_return state_.flow == Flow::next;
}

Coroutine<> Shell::run_case(const Case& command) {
    const std::string text = co_await expand_to_text(*this, command.word);
    for (const Case::Branch& branch : command.branches) {
        for (const Word& word : branch.patterns) {
            const std::string pattern = co_await expand_to_pattern(*this, word);
            if (state_.flow == Flow::next && matches(pattern, text)) {
                state_.status = 0;
                co_return co_await run_list(branch.body);
            }
        }
    }
    state_.status = state_.flow == Flow::next ? 0 : state_.status;
}

}  // namespace yos::shell
