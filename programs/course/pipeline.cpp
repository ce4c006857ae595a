// A pipeline that is pulled: print asks grep for a line, grep asks open, and each runs just until
// it has one. Generators do not trap, so it is the task that reads the file, a block at a time.

#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "tasks/generator.h"

namespace yos {
namespace {

using Lines = Generator<std::string_view>;

Lines open(std::string_view block) {
    while (!block.empty()) {
        co_yield take_line(block);
    }
}

Lines grep(std::string pattern, Lines lines) {
    for (const std::string_view line : lines) {
        if (line.find(pattern) != std::string_view::npos) {
            co_yield line;
        }
    }
}

std::string print(Lines lines) {
    std::string text;
    for (const std::string_view line : lines) {
        text.append(line).append("\n");
    }
    return text;
}

Coroutine<> run(std::string pattern, Fd in, Fd out) {
    LineBlocks input(in);
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        co_await write_all(out, print(grep(pattern, open(block))));
    }
}

Coroutine<int> pipeline(Invocation invocation) {
    std::string pattern;
    std::string file = "-";
    Options options(invocation);
    options.required("TEXT", pattern, "print the lines that this is part of");
    options.optional("FILE", file, "where to look; -: the standard input");
    options.example("follow server.log | pipeline python");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::vector<std::string> files = {file};
    const Fd out = invocation.out;
    co_return co_await for_each_file(invocation, files, [&](Fd in, const std::string& /*name*/) {
        return run(pattern, in, out);
    });
}

const Program program("pipeline", "a pipeline of generators, pulled by its end", pipeline);

}  // namespace
}  // namespace yos
