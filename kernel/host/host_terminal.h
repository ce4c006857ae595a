#pragma once

// The terminal that yos was started from, if it was: the host's, at whose keyboard Ctrl-C makes a
// signal. It is one for all of the standard streams, so its mode is kept here and not by them.

#include "kernel/files/foreground.h"

#include <optional>
#include <termios.h>

namespace yos {

class Signals;

class HostTerminal final : public Foreground {
public:
    explicit HostTerminal(Signals& signals) : signals_(signals) {}
    ~HostTerminal() override { leave_keys_mode(); }

    void give_to(Tid job, bool may_stop = false) override;

protected:
    void keys_changed() override;

private:
    void enter_keys_mode();
    void leave_keys_mode();

    Signals& signals_;
    int number_ = -1;                     // of the standard stream by which the mode was set
    std::optional<termios> before_keys_;  // how the terminal was; none but in keys mode
};

}  // namespace yos
