// A coroutine on the other side of a pipe: a process of the host's takes the lines that are sent,
// and what it makes of them is pushed on into a coroutine here. When this task goes, the process
// goes with it.

#include "programs/lib/line_reader.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/new_task.h"
#include "syscalls/start_process.h"
#include "syscalls/wait_process.h"
#include "tasks/generator.h"

namespace yos {
namespace {

using Sink = Generator<void, std::string>;

/// Writes down what the task is to print, with numbers.
Sink number_lines(std::string& text) {
    for (int number = 1;; ++number) {
        const std::string line = co_yield nothing;
        text += fmt::format("{:3} {}\n", number, line);
    }
}

/// Until the process does not want any more.
Coroutine<> send_to(Descriptor process_input, Fd from) {
    try {
        LineReader lines(from);
        while (std::optional<std::string> line = co_await lines.read_line()) {
            co_await write_all(process_input, *line + "\n");
        }
    } catch (const std::system_error& failure) {
        if (failure.code() != std::errc::broken_pipe) {
            throw;
        }
    }
}

Coroutine<> receive_from(Fd process_output, Fd to) {
    std::string text;
    Sink target = primed(number_lines(text));
    LineReader lines(process_output);
    while (std::optional<std::string> line = co_await lines.read_line()) {
        target.send(*std::move(line));
        co_await write_all(to, std::exchange(text, {}));
    }
}

Coroutine<int> coprocess(Invocation invocation) {
    std::vector<std::string> words;
    Options options(invocation);
    options.rest("WORD", words, "a program of the host, with its arguments", true);
    options.example("words | coprocess tr a-z A-Z");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    ChildProcess child = co_yield StartProcess{words};
    co_yield NewTask{send_to(std::move(child.input), invocation.in), "coprocess-sender"};
    co_await receive_from(child.output, invocation.out);
    co_return co_yield WaitProcess{child.process};
}

const Program program("coprocess", "a coroutine whose other half is a process", coprocess);

}  // namespace
}  // namespace yos
