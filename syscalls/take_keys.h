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
        std::shared_ptr<File> file = kernel.descriptors().share(terminal_);
        if (file == nullptr) {
            return fail(std::errc::bad_file_descriptor);
        }
        const IoResult result = file->want_keys(self.job(), +1);
        return result.ok() ? complete(KeysUse(std::move(file), self.job())) : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override { out << terminal_; }

private:
    Fd terminal_;
};

}  // namespace yos
