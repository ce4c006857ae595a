#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Writes up to bytes.size() bytes. Evaluates to how many, at least one. Tried at once; blocks
/// while there is no room, and is woken by the poller or by a pipe's reader. A caller that is
/// killed, cancelled or timed out has written none. EPIPE: nobody will read it. EBADF: not open, or
/// closed meanwhile. Fails otherwise as the host says.
class Write : public SystemCall<std::size_t> {
public:
    explicit Write(Fd fd, std::span<const char> bytes) : fd_(fd), bytes_(bytes) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(fd_);
        if (!file) {
            return fail(file.error());
        }
        if (file->writers.others_ahead_of(self)) {
            return block_on(self, file->writers);
        }
        const IoResult result = file->write(bytes_);
        if (result.must_wait()) {
            return block_on(self, file->writers);
        }
        return result.ok() ? complete(result.bytes) : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override {
        out << fd_ << ", ";
        print_value(out, std::string_view(bytes_.data(), bytes_.size()));
    }

    void shorten(std::size_t at_most) noexcept override {
        bytes_ = bytes_.first(std::min(bytes_.size(), at_most));
    }

private:
    Fd fd_;
    std::span<const char> bytes_;
};

}  // namespace yos
