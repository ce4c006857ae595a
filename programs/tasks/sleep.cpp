#include "syscalls/sleep.h"

#include "programs/lib/options.h"
#include "programs/lib/seconds.h"

namespace yos {
namespace {

Coroutine<int> sleep(Invocation invocation) {
    std::string text;
    Options options(invocation);
    options.required("SECONDS", text, "how long; may have a fraction, and a unit: s, m, h, d");
    options.example("sleep 0.5");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::optional<Duration> duration = parse_duration(text);
    if (!duration) {
        co_return co_await options.refuse("\"" + text +
                                          "\" is not a number of seconds from 0 to 1e9");
    }
    co_yield Sleep{*duration};
    co_return 0;
}

const Program program("sleep", "do nothing for a while", sleep);

}  // namespace
}  // namespace yos
