#pragma once

#include "kernel/system_call.h"

namespace yos {

/// Waits for signals of the host. Blocks until one of `signals` comes, and evaluates to it; woken
/// by the I/O task. Every task that waits for it gets it, but those that concern a job, SIGINT,
/// SIGTSTP and SIGHUP, go to the tasks of the foreground job only. EINVAL: a signal that cannot be
/// caught. EBUSY: another kernel of this process takes it.
class SignalWait : public SystemCall<int> {
public:
    explicit SignalWait(std::set<int> signals) : listener_(std::move(signals)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (listener_.arrived() != 0) {
            return complete(listener_.arrived());
        }
        if (!std::exchange(listening_, true)) {
            kernel.signals().add(listener_, self.job());
        }
        return block_on(self, listener_.waiters);
    }

    void print_arguments(std::ostream& out) const override {
        for (const char* separator = ""; const int signal : listener_.signals()) {
            out << std::exchange(separator, ", ") << signal;
        }
    }

private:
    SignalWaiter listener_;
    bool listening_ = false;
};

}  // namespace yos
