#pragma once

#include <unistd.h>

namespace yos {

/// While it lives, the process has no more rights than anybody, even if it is root's.
class Unprivileged {
public:
    Unprivileged() {
        if (was_ == 0 && ::seteuid(nobody) != 0) {
            was_ = nobody;
        }
    }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;
    ~Unprivileged() {
        if (was_ == 0) {
            [[maybe_unused]] const int restored = ::seteuid(0);
        }
    }

private:
    static constexpr uid_t nobody = 65534;
    uid_t was_ = ::geteuid();
};

}  // namespace yos
