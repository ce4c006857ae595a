// The pipeline of `pipeline`, pushed instead of pulled: the source sends each line to grep, which
// sends what matches to a printer. Where a puller has one source, a pusher can have many targets:
// see cobroadcast.

#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "tasks/generator.h"

namespace yos {
namespace {

using Sink = Generator<void, std::string_view>;

/// Writes down what the task is to print, for a sink does not trap.
Sink printer(std::string& text) {
    for (;;) {
        const std::string_view line = co_yield nothing;
        text.append(line).append("\n");
    }
}

Sink grep(std::string pattern, Sink target) {
    for (;;) {
        const std::string_view line = co_yield nothing;
        if (line.find(pattern) != std::string_view::npos) {
            target.send(line);
        }
    }
}

/// The source: sends the lines of a file, and prints what has come out at the other end.
Coroutine<> push(Fd in, Fd out, Sink& target, std::string& text) {
    LineBlocks input(in);
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        while (!block.empty()) {
            target.send(take_line(block));
        }
        co_await write_all(out, std::exchange(text, {}));
    }
}

Coroutine<int> copipe(Invocation invocation) {
    std::string pattern;
    std::string file = "-";
    Options options(invocation);
    options.required("TEXT", pattern, "print the lines that this is part of");
    options.optional("FILE", file, "where to look; -: the standard input");
    options.example("follow server.log | copipe python");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string text;
    Sink pipeline = primed(grep(pattern, primed(printer(text))));
    const std::vector<std::string> files = {file};
    const Fd out = invocation.out;
    co_return co_await for_each_file(invocation, files, [&](Fd in, const std::string& /*name*/) {
        return push(in, out, pipeline, text);
    });
}

const Program program("copipe", "a pipeline of coroutines, pushed by its source", copipe);

}  // namespace
}  // namespace yos
