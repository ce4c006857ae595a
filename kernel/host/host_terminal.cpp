#include "kernel/host/host_terminal.h"

#include "kernel/host/host_call.h"
#include "kernel/host/terminal_rescue.h"
#include "kernel/world/signals.h"

#include <csignal>
#include <unistd.h>

namespace yos {

void HostTerminal::give_to(Tid job, bool may_stop) {
    if (may_stop) {
        signals_.claim(SIGTSTP);  // or else it would stop the whole process
    }
    Foreground::give_to(job, may_stop);
}

void HostTerminal::keys_changed() {
    wants_keys() ? enter_keys_mode() : leave_keys_mode();
}

/// Signals are still made of Ctrl-C and Ctrl-Z: they are the way out of a kernel that a task has
/// frozen.
void HostTerminal::enter_keys_mode() {
    if (before_keys_) {
        return;
    }
    termios mode{};
    for (number_ = STDIN_FILENO; ::tcgetattr(number_, &mode) < 0; ++number_) {
        if (number_ == STDERR_FILENO) {
            return;  // it has gone
        }
    }
    before_keys_ = mode;
    rescue_terminal(number_, mode);
    mode.c_lflag &= ~tcflag_t{ICANON | ECHO | IEXTEN};
    mode.c_iflag &= ~tcflag_t{ICRNL};
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    retried([&] { return ::tcsetattr(number_, TCSANOW, &mode); });
}

void HostTerminal::leave_keys_mode() {
    if (before_keys_) {
        retried([&] { return ::tcsetattr(number_, TCSANOW, &*before_keys_); });
        forget_terminal(number_);
        before_keys_.reset();
    }
}

}  // namespace yos
