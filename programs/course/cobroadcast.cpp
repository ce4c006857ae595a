// One source, many pipelines: what a pusher can do and a puller cannot. Each pattern has a grep of
// its own; they share one printer, or with --separate each has its own, which says whose a line is.

#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "tasks/generator.h"

#include <vector>

namespace yos {
namespace {

using Sink = Generator<void, std::string_view>;

/// Writes down what the task is to print, for a sink does not trap.
Sink printer(std::string& text, std::string title) {
    for (;;) {
        const std::string_view line = co_yield nothing;
        text.append(title).append(line).append("\n");
    }
}

/// The target stays the caller's, so that several can share it.
Sink grep(std::string pattern, Sink& target) {
    for (;;) {
        const std::string_view line = co_yield nothing;
        if (line.find(pattern) != std::string_view::npos) {
            target.send(line);
        }
    }
}

Sink broadcast(std::vector<Sink> targets) {
    for (;;) {
        const std::string_view line = co_yield nothing;
        for (Sink& target : targets) {
            target.send(line);
        }
    }
}

Coroutine<int> cobroadcast(Invocation invocation) {
    bool separate = false;
    std::vector<std::string> patterns;
    Options options(invocation);
    options.rest("TEXT", patterns, "print the lines that this is part of", true);
    options.flag("--separate", separate, "say before each line what was found in it");
    options.example("words | cobroadcast --separate ion row");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string text;
    std::vector<Sink> printers;
    printers.reserve(patterns.size());  // so that none moves
    std::vector<Sink> greps;
    for (const std::string& pattern : patterns) {
        if (separate || printers.empty()) {
            printers.push_back(primed(printer(text, separate ? pattern + ": " : "")));
        }
        greps.push_back(primed(grep(pattern, printers.back())));
    }
    Sink all = primed(broadcast(std::move(greps)));

    LineBlocks input(invocation.in);
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        while (!block.empty()) {
            all.send(take_line(block));
        }
        co_await write_all(invocation.out, std::exchange(text, {}));
    }
    co_return 0;
}

const Program program("cobroadcast", "one source that feeds many pipelines", cobroadcast);

}  // namespace
}  // namespace yos
