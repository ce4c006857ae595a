#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Reads up to buffer.size() bytes. Evaluates to how many, 0 at the end of the file. Tried at once;
/// blocks while there is nothing to read, and is woken by the poller or by a pipe's writer. A
/// caller that is killed, cancelled or timed out has taken no byte. EBADF: not open, or closed
/// meanwhile. Fails otherwise as the host says.
class Read : public SystemCall<std::size_t> {
public:
    explicit Read(Fd fd, std::span<char> buffer) : fd_(fd), buffer_(buffer) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto file = kernel.descriptors().find(fd_);
        if (!file) {
            return fail(file.error());
        }
        const File::Turn turn = file->turn_of(self.job());
        if (!turn.may_read || turn.line.others_ahead_of(self)) {
            return block_on(self, turn.line);
        }
        const IoResult result = file->read(buffer_);
        if (result.must_wait()) {
            return block_on(self, turn.line);
        }
        return result.ok() ? complete(result.bytes) : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override { out << fd_ << ", " << buffer_.size(); }

    void print_result(std::ostream& out) const override {
        SystemCall::print_result(out);
        print_moved(out, buffer_.first(result()));
    }

    void shorten(std::size_t at_most) noexcept override {
        buffer_ = buffer_.first(std::min(buffer_.size(), at_most));
    }

private:
    Fd fd_;
    std::span<char> buffer_;
};

}  // namespace yos
