#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"
#include "kernel/world/signal_file.h"

namespace yos {

/// Opens a descriptor to read signals of the host from. It gives a byte for each that comes from
/// now on, which is its number; none is lost between two Reads. Those that concern a job, SIGINT,
/// SIGTSTP and SIGHUP, are given only while the caller's job is in the foreground; the caller
/// answers for them, and so neither it nor what it starts is cancelled by SIGINT and SIGHUP, nor
/// the job stopped by SIGTSTP. Never blocks. EINVAL: no signals, or one that cannot be
/// caught. EBUSY: another kernel of this process takes it. (Linux: signalfd)
class OpenSignals : public SystemCall<Descriptor> {
public:
    explicit OpenSignals(std::set<int> signals) : signals_(std::move(signals)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (signals_.empty()) {
            return fail(std::errc::invalid_argument);
        }
        return complete(kernel.descriptors().open(std::make_shared<SignalFile>(
            *kernel.world().signals, std::move(signals_), self.tid(), self.job())));
    }

    void print_arguments(std::ostream& out) const override {
        for (const char* separator = ""; const int signal : signals_) {
            out << std::exchange(separator, ", ") << signal;
        }
    }

private:
    std::set<int> signals_;
};

}  // namespace yos
