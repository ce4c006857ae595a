// The host's terminal, when there is no time to put everything back in order.

#include "kernel/kernel.h"
#include "syscalls/take_keys.h"
#include "tests/lib/catch.h"

#include <csignal>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace yos {
namespace {

bool echoes(int terminal) {
    termios mode{};
    REQUIRE(::tcgetattr(terminal, &mode) == 0);
    return (mode.c_lflag & ECHO) != 0;
}

/// Has keys from the terminal, and the kernel to itself, when Ctrl-C is pressed twice.
Coroutine<> freeze() {
    const KeysUse keys = co_yield TakeKeys{standard_input};
    if (echoes(STDIN_FILENO)) {
        ::_exit(2);
    }
    std::raise(SIGINT);
    std::raise(SIGINT);
}

TEST_CASE("the way out of a frozen kernel leaves a terminal that echoes", "[terminal]") {
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    REQUIRE(child >= 0);
    if (child == 0) {
        Kernel::Options options;
        options.take_signals = true;
        Kernel kernel(options);
        kernel.spawn(freeze());
        kernel.run();
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGINT);
    CHECK(echoes(terminal));
    ::close(terminal);
}

}  // namespace
}  // namespace yos
