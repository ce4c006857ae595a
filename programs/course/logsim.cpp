// Writes the log of a web server that there is not, for `follow` to have something to read.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/open.h"
#include "syscalls/random.h"
#include "syscalls/sleep.h"

#include <array>
#include <chrono>

namespace yos {
namespace {

constexpr std::array<std::string_view, 8> pages = {
    "/index.html",
    "/python/tutorial.html",
    "/images/logo.png",
    "/ply/ply.html",
    "/python/coroutines/index.html",
    "/feed.xml",
    "/robots.txt",
    "/downloads/python-3.tar.gz",
};

/// A line in the format that servers call common, but for the time.
Coroutine<std::string> log_line() {
    const std::uint64_t dice = co_yield Random{};
    co_return fmt::format("10.0.{}.{} - - [-] \"GET {} HTTP/1.1\" {} {}\n",
                          dice % 256,
                          dice / 256 % 256,
                          pages[dice / 65'536 % pages.size()],
                          dice / 1'048'576 % 10 == 0 ? 404 : 200,
                          dice / 16'777'216 % 100'000);
}

Coroutine<int> logsim(Invocation invocation) {
    std::string name;
    Number count{.value = INT64_MAX};
    Number every{.value = 200, .least = 0, .most = 86'400'000};
    Options options(invocation);
    options.required("FILE", name, "what to add the lines to");
    options.optional("COUNT", count, "how many; for ever when left out");
    options.option("--every", "MS", every, "milliseconds between two, on average (200)");
    options.example("logsim access.log & follow access.log");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Descriptor log = co_yield Open{name, O_WRONLY | O_CREAT | O_APPEND};
    for (std::int64_t i = 0; i < count.value; ++i) {
        co_await write_all(log, co_await log_line());
        const std::uint64_t dice = co_yield Random{};
        const auto pause = static_cast<std::int64_t>(dice % 1000) * every.value * 2 / 1000;
        co_yield Sleep{std::chrono::milliseconds(pause)};
    }
    co_return 0;
}

const Program program("logsim", "write the log of a web server that there is not", logsim);

}  // namespace
}  // namespace yos
