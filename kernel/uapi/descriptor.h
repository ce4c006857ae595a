#pragma once

// What Open, Pipe, Accept and other calls give: an open file, and the duty to close it. The number
// by which calls are told which file is meant, and which others may be told, is its Fd.

#include "kernel/uapi/fd.h"

#include <iosfwd>
#include <utility>

namespace yos {

class DescriptorTable;

/// An open descriptor and the duty to close it: its destructor does, also when its task is killed.
/// Move-only. It must be gone before the kernel is, which in Debug aborts otherwise.
class Descriptor {
public:
    Descriptor() = default;
    Descriptor(DescriptorTable& table, Fd fd) : table_(&table), fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept
        : table_(std::exchange(other.table_, nullptr)), fd_(std::exchange(other.fd_, Fd{})) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(table_, other.table_);
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() { reset(); }

    Fd fd() const { return fd_; }
    operator Fd() const { return fd_; }  // wherever a call takes one

    /// Closes it now, if it is not closed yet.
    void reset() noexcept;

private:
    DescriptorTable* table_ = nullptr;
    Fd fd_;
};

std::ostream& operator<<(std::ostream& out, const Descriptor& descriptor);

}  // namespace yos
