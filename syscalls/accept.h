#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Takes the next connection from a listener. Blocks until there is one; woken by the poller, first
/// come, first served. EMFILE, ENFILE: the host has no descriptor left, so back off and try again.
/// ENOTSOCK: no listener. EBADF: not open, or closed meanwhile. Fails otherwise as the host says.
/// (pyos8)
class Accept : public SystemCall<Descriptor> {
public:
    explicit Accept(Fd listener) : listener_(listener) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(listener_);
        if (!file) {
            return fail(file.error());
        }
        std::shared_ptr<File> connection;
        if (file->readers.others_ahead_of(self)) {
            return block_on(self, file->readers);
        }
        const IoResult result = file->accept(connection);
        if (result.must_wait()) {
            return block_on(self, file->readers);
        }
        return result.ok() ? complete(kernel.descriptors().open(std::move(connection)))
                           : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override { out << listener_; }

private:
    Fd listener_;
};

}  // namespace yos
