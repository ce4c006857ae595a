#pragma once

// All of the time that a kernel and its tasks know of: the kernel's clock, real or virtual; the
// time of day, and what that is where the host stands; the processor's time. The virtual clock is
// moved by the I/O task, and where the oracle lets time pass.

#include "kernel/doors/tape.h"
#include "kernel/uapi/time.h"
#include "kernel/uapi/time_zone.h"
#include "tasks/contract.h"

#include <chrono>

namespace yos {

class Clock {
public:
    /// With a tape, each reading that is given out is on it.
    explicit Clock(bool is_virtual, Tape* tape = nullptr) : tape_(tape), virtual_(is_virtual) {}

    bool is_virtual() const { return virtual_; }

    Time now() const { return virtual_ ? virtual_now_ : tape_ == nullptr ? look() : taped_now(); }

    /// As now(), for the world itself: past the tape.
    Time look() const {
        return virtual_ ? virtual_now_ : Time{std::chrono::steady_clock::now() - boot_};
    }

    /// A virtual world begins with 1970.
    WallTime wall_now() const;

    /// The zone in which the host stands, at that time. A virtual world has UTC.
    TimeZone zone_at(WallTime time) const;

    /// What this thread has used. In a virtual world, to compute takes no time.
    Duration processor_now() const;

    /// Throws std::logic_error unless it is virtual, and `when` not in the past.
    void jump_to(Time when) {
        check_contract(virtual_, "Clock::jump_to: a real clock goes by itself");
        check_contract(when >= virtual_now_, "Clock::jump_to: time does not go back");
        virtual_now_ = when;
    }

private:
    Time taped_now() const;

    std::chrono::steady_clock::time_point boot_ = std::chrono::steady_clock::now();
    Time virtual_now_{};
    Tape* tape_;
    bool virtual_;
};

}  // namespace yos
