#include "kernel/host/terminal_rescue.h"

#include <atomic>
#include <unistd.h>

namespace yos {
namespace {

constexpr int nobody = -1;
constexpr int being_written = -2;

// A handler is handed nothing to find these by, so they are global.
constinit std::atomic<int> terminal{nobody};
constinit termios mode_before{};  // valid while `terminal` is a descriptor

}  // namespace

void rescue_terminal(int number, const termios& mode) noexcept {
    int expected = nobody;
    if (terminal.compare_exchange_strong(expected, being_written)) {
        mode_before = mode;
        terminal.store(number);
    }
}

void forget_terminal(int number) noexcept {
    terminal.compare_exchange_strong(number, nobody);
}

void restore_terminal() noexcept {
    const int number = terminal.load();
    // From the background one must not change it, and would be stopped.
    if (number >= 0 && ::tcgetpgrp(number) == ::getpgrp()) {
        ::tcsetattr(number, TCSANOW, &mode_before);
    }
}

}  // namespace yos
