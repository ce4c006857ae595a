// A pipeline that leads back into itself. The generator is in the midst of a send() when it is sent
// the next line: it cannot be resumed, for it is running. In most languages that is a crash, or
// silence; here, as in Python, it is an error that says so.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "tasks/generator.h"

namespace yos {
namespace {

using Sink = Generator<void, std::string>;

/// Passes each line on to `target`.
Sink pass_on(std::string& story, std::optional<Sink>& target) {
    for (;;) {
        const std::string line = co_yield nothing;
        story += "sent on: " + line + "\n";
        target->send(line);
    }
}

Coroutine<int> cocrash(Invocation invocation) {
    Options options(invocation);
    options.example("cocrash");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string story;
    std::optional<Sink> loop;
    loop.emplace(primed(pass_on(story, loop)));
    std::string error;
    try {
        loop->send("hello");
    } catch (const AlreadyExecuting& mistake) {
        error = mistake.what();
    }
    co_await print(invocation.out, "{}", story);
    co_await print(invocation.err, "cocrash: {}\n", error);
    co_return 1;
}

const Program program("cocrash", "send to a generator that is running: an error", cocrash);

}  // namespace
}  // namespace yos
