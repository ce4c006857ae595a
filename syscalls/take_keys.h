#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/keys_use.h"

namespace yos {

/// Has a terminal give keys as they are typed. They are not shown, and make up no lines that can
/// be edited; for the caller's job, and for as long as what this evaluates to lives. Ctrl-C and
/// Ctrl-Z remain what they are. Never blocks. EBADF: not open. ENOTTY: no terminal. (POSIX:
/// tcsetattr without ICANON and ECHO)
class TakeKeys : public SystemCall<KeysUse> {
public:
    explicit TakeKeys(Fd terminal) : terminal_(terminal) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(terminal_);
        if (!file) {
            return fail(file.error());
        }
        const std::shared_ptr<Foreground> terminal = file->foreground();
        return terminal != nullptr ? complete(KeysUse(terminal, self.job()))
                                   : fail(std::errc::inappropriate_io_control_operation);
    }

    void print_arguments(std::ostream& out) const override { out << terminal_; }

private:
    Fd terminal_;
};

}  // namespace yos
