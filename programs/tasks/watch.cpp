#include "programs/lib/command.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/seconds.h"
#include "syscalls/sleep.h"

namespace yos {
namespace {

Coroutine<int> watch(Invocation invocation) {
    std::string interval = "2";
    Number times{.value = INT64_MAX, .least = 1};
    std::vector<std::string> words;
    Options options(invocation);
    options.rest("COMMAND", words, "what to run, and with which words", true);
    options.option("-n,--interval", "SECONDS", interval, "from one run to the next (2)");
    options.option("--times", "N", times, "how many runs; for ever when left out");
    options.example("watch -n 0.5 ps");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::optional<Duration> every = parse_seconds(interval);
    if (!every) {
        co_return co_await options.refuse("\"" + interval + "\" is not a number of seconds");
    }
    constexpr const char* clear = "\x1b[H\x1b[2J";  // to the upper left, then the whole screen
    int status = 0;
    for (std::int64_t run = 0; run < times.value; ++run) {
        if (run > 0) {
            co_yield Sleep{*every};
        }
        co_await print(invocation.out, "{}Every {}s: {}\n\n", clear, interval, joined(words, " "));
        status = co_await run_command(invocation, words);
    }
    co_return status;
}

const Program program("watch", "run a program again and again", watch);

}  // namespace
}  // namespace yos
