#pragma once

// The host's terminal gets its mode back also where no destructor runs: when a signal handler or a
// panic ends the process. It is one terminal, that of the first who asks.

#include <termios.h>

namespace yos {

/// From now on the terminal open as `number` is to get back this mode.
void rescue_terminal(int number, const termios& mode) noexcept;

/// The terminal open as `number` has got its mode back, so nothing is left to be done.
void forget_terminal(int number) noexcept;

/// Gives the terminal its mode back, if that is still to be done. Also for signal handlers: touches
/// nothing that they must not.
void restore_terminal() noexcept;

}  // namespace yos
