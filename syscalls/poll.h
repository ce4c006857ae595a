#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/time.h"
#include "syscalls/read_wait.h"
#include "syscalls/sleep.h"
#include "syscalls/write_wait.h"
#include "tasks/branch.h"

#include <compare>
#include <deque>
#include <vector>

namespace yos {

/// A descriptor, and what somebody would like to do with it.
struct Interest {
    enum class To { read, write };

    Fd fd;
    To to = To::read;

    auto operator<=>(const Interest&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const std::vector<Interest>& interests) {
    for (const char* separator = ""; const Interest& interest : interests) {
        out << std::exchange(separator, ", ")
            << (interest.to == Interest::To::read ? "read " : "write ") << interest.fd;
    }
    return out;
}

/// Waits until any of many descriptors can be read or written. It is for what runs an event loop of
/// its own. Evaluates to those that can, in their order; to none when `patience` is over. A
/// descriptor that is not open counts as ready, for Read to say so. Blocks as ReadWait and
/// WriteWait do, for all of them at once; with a `patience` of 0 it has a look, and is a Yield.
/// EINVAL: no descriptors and no `patience`, or a negative one. (poll of Unix)
class Poll : public SystemCall<std::vector<Interest>> {
public:
    explicit Poll(std::vector<Interest> interests, std::optional<Duration> patience = std::nullopt)
        : interests_(std::move(interests)), patience_(patience) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (patience_ ? *patience_ < Duration::zero() : interests_.empty()) {
            return fail(std::errc::invalid_argument);
        }
        begin(self);
        std::vector<Interest> ready;
        for (Line& line : lines_) {
            if (line.is_over(kernel)) {
                ready.push_back(line.interest);
            }
        }
        const bool only_looks = patience_ == Duration::zero();
        if (ready.empty() && !only_looks && !(pause_ && pause_->is_over(kernel))) {
            return Outcome::Kind::blocked;
        }
        end();
        complete(std::move(ready));
        return only_looks ? Outcome::Kind::yielded : Outcome::Kind::completed;
    }

    void print_arguments(std::ostream& out) const override { out << interests_; }

private:
    struct Line {
        Line(Task& self, const Interest& interest)
            : interest(interest), to_read(interest.fd), to_write(interest.fd), branch(self) {}

        bool is_over(Kernel& kernel) {
            Trap& trap = interest.to == Interest::To::read ? static_cast<Trap&>(to_read) : to_write;
            over = branch.handle(trap, kernel).kind() != Outcome::Kind::blocked;
            return over;
        }

        Interest interest;
        ReadWait to_read;
        WriteWait to_write;
        Branch branch;
        bool over = false;
    };

    struct Pause {
        Pause(Task& self, Duration duration) : sleep(duration), branch(self) {}

        bool is_over(Kernel& kernel) {
            return branch.handle(sleep, kernel).kind() != Outcome::Kind::blocked;
        }

        Sleep sleep;
        Branch branch;
    };

    /// Puts the caller into the lines of all that it waits for. Does nothing when called again.
    void begin(Task& self) {
        if (lines_.empty() && !pause_) {
            for (const Interest& interest : interests_) {
                lines_.emplace_back(self, interest);
            }
            if (patience_ && *patience_ > Duration::zero()) {
                pause_.emplace(self, *patience_);
            }
        }
    }

    void end() {
        for (Line& line : lines_) {
            line.over ? line.branch.win() : line.branch.withdraw();
        }
        if (pause_) {
            pause_->branch.withdraw();
        }
    }

    std::vector<Interest> interests_;
    std::optional<Duration> patience_;
    std::deque<Line> lines_;
    std::optional<Pause> pause_;
};

}  // namespace yos
