#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Ends the caller with this status, from any depth of its stack. Does not return. Never blocks,
/// never fails.
class Exit : public SystemCall<> {
public:
    explicit Exit(int status) : status_(status) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        return kernel.exit(self, ExitStatus::returned(status_));
    }

    bool interruptible() const override { return false; }
    void print_arguments(std::ostream& out) const override { out << status_; }

private:
    int status_;
};

}  // namespace yos
