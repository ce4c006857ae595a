#pragma once

// The machine's clock, real or virtual. Only the I/O task moves the virtual one.

#include "kernel/uapi/time.h"
#include "tasks/contract.h"

#include <chrono>

namespace yos {

class Clock {
public:
    explicit Clock(bool is_virtual) : virtual_(is_virtual) {}

    bool is_virtual() const { return virtual_; }

    Time now() const {
        return virtual_ ? virtual_now_ : Time{std::chrono::steady_clock::now() - boot_};
    }

    /// A virtual world begins with 1970.
    WallTime wall_now() const {
        return virtual_ ? WallTime{virtual_now_.time_since_epoch()}
                        : std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    }

    /// Throws std::logic_error unless it is virtual, and `when` not in the past.
    void jump_to(Time when) {
        check_contract(virtual_, "Clock::jump_to: a real clock goes by itself");
        check_contract(when >= virtual_now_, "Clock::jump_to: time does not go back");
        virtual_now_ = when;
    }

private:
    std::chrono::steady_clock::time_point boot_ = std::chrono::steady_clock::now();
    Time virtual_now_{};
    bool virtual_;
};

}  // namespace yos
