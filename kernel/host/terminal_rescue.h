#pragma once

// The host's terminal gets its mode back also where no destructor runs: when a signal handler or a
// panic ends the process. It is one terminal, that of the first who asks.

#include <termios.h>

namespace yos {

/// From now on the terminal open as `number` is to get back this mode.
void rescue_terminal(int number, const termios& mode) noexcept;

/// It has got it back.
void forget_terminal(int number) noexcept;

/// For signal handlers: touches nothing that they must not.
void restore_terminal() noexcept;

}  // namespace yos
