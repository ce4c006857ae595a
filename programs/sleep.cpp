#include "syscalls/sleep.h"

#include "programs/lib/options.h"

#include <charconv>
#include <chrono>

namespace yos {
namespace {

Coroutine<int> sleep(Invocation invocation) {
    std::string text;
    Options options(invocation);
    options.required("SECONDS", text, "how long; may have a fraction");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    constexpr double most = 1e9;
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || *end != '\0' || !(seconds >= 0 && seconds <= most)) {
        co_return co_await options.refuse("\"" + text +
                                          "\" is not a number of seconds from 0 to 1e9");
    }
    co_yield Sleep{std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds))};
    co_return 0;
}

const Program program("sleep", "do nothing for a while", sleep);

}  // namespace
}  // namespace yos
