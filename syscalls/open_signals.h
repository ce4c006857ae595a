#pragma once

#include "kernel/host/signal_file.h"
#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"

namespace yos {

/// Opens a descriptor to read signals of the host from. It gives a byte for each that comes from
/// now on, which is its number. None is lost between two Reads, as it may be between two
/// SignalWaits. Those that concern a job, SIGINT, SIGTSTP and SIGHUP, are given only while the
/// caller's job is in the foreground. Never blocks. EINVAL: a signal that cannot be caught. EBUSY:
/// another kernel of this process takes it. (Linux: signalfd)
class OpenSignals : public SystemCall<Descriptor> {
public:
    explicit OpenSignals(std::set<int> signals) : signals_(std::move(signals)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        auto file = std::make_shared<SignalFile>(std::move(signals_));
        kernel.signals().add(*file, self.job());
        return complete(kernel.descriptors().open(std::move(file)));
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
