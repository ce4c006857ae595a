#pragma once

// Descriptors: small numbers for open files, the lowest free one first, as people expect of a Unix.
// Behind the number stands a generation that counts how often it was handed out, so that a program
// which keeps a descriptor after closing it gets EBADF, never somebody else's file.

#include "kernel/file.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

namespace yos {

struct Fd {
    std::int32_t number = -1;
    std::uint32_t generation = 0;

    auto operator<=>(const Fd&) const = default;
};

std::ostream& operator<<(std::ostream& out, Fd fd);

/// The standard streams that the kernel was booted with.
inline constexpr Fd standard_input{0};
inline constexpr Fd standard_output{1};
inline constexpr Fd standard_error{2};

class DescriptorTable;

/// An open descriptor and the duty to close it: its destructor does, also when its task is killed.
/// Move-only. REQUIRES: gone before the kernel is.
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
    operator Fd() const {
        return fd_;
    }  // NOLINT(google-explicit-constructor): wherever a call takes one

    /// Closes it now, if it is not closed yet.
    void reset() noexcept;

private:
    DescriptorTable* table_ = nullptr;
    Fd fd_;
};

std::ostream& operator<<(std::ostream& out, const Descriptor& descriptor);

class DescriptorTable {
public:
    Descriptor open(std::shared_ptr<File> file);

    /// Null for a number that is not open, or that was closed and means another file now.
    File* find(Fd fd) const {
        const auto slot = static_cast<std::size_t>(fd.number);
        return slot < slots_.size() && slots_[slot].generation == fd.generation
                   ? slots_[slot].file.get()
                   : nullptr;
    }

    /// The same, shared; null likewise.
    std::shared_ptr<File> share(Fd fd) const {
        return find(fd) != nullptr ? slots_[static_cast<std::size_t>(fd.number)].file : nullptr;
    }

    /// False when it is not open. Those who wait for it get EBADF.
    bool close(Fd fd) noexcept;

    std::size_t size() const { return open_; }

    /// Calls visit(Fd, const File&) for each that is open, by rising number.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
            if (const File* file = slots_[slot].file.get()) {
                visit(Fd{static_cast<std::int32_t>(slot), slots_[slot].generation}, *file);
            }
        }
    }

private:
    struct Slot {
        std::shared_ptr<File> file;
        std::uint32_t generation = 0;
    };

    std::vector<Slot> slots_;
    std::priority_queue<std::int32_t, std::vector<std::int32_t>, std::greater<>> free_;
    std::size_t open_ = 0;
};

}  // namespace yos
