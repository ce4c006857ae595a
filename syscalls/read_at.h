#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Reads from anywhere in a file of the host. Up to buffer.size() bytes, from an offset in bytes
/// on. Evaluates to how many, 0 at the end of the file. Where Read goes on is left as it is. Blocks
/// the whole kernel for as long as the host takes. EBADF: not open. ESPIPE: a stream, which has no
/// offsets. Fails otherwise as the host says. (pread of Unix)
class ReadAt : public SystemCall<std::size_t> {
public:
    explicit ReadAt(Fd fd, std::uint64_t offset, std::span<char> buffer)
        : fd_(fd), offset_(offset), buffer_(buffer) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto file = kernel.descriptors().find(fd_);
        if (!file) {
            return fail(file.error());
        }
        const IoResult result = file->read_at(offset_, buffer_);
        return result.ok() ? complete(result.bytes) : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override {
        out << fd_ << ", " << offset_ << ", " << buffer_.size();
    }

    void print_result(std::ostream& out) const override {
        SystemCall::print_result(out);
        print_moved(out, buffer_.first(result()));
    }

    void shorten(std::size_t at_most) noexcept override {
        buffer_ = buffer_.first(std::min(buffer_.size(), at_most));
    }

private:
    Fd fd_;
    std::uint64_t offset_;
    std::span<char> buffer_;
};

}  // namespace yos
