#pragma once

// Which file is open under which number: the lowest free one first, as people expect of a Unix.

#include "kernel/files/file.h"
#include "kernel/uapi/descriptor.h"
#include "kernel/uapi/fd.h"

#include <cassert>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

namespace yos {

class DescriptorTable {
public:
    DescriptorTable() = default;
    DescriptorTable(const DescriptorTable&) = delete;
    DescriptorTable& operator=(const DescriptorTable&) = delete;
    ~DescriptorTable() { assert(open_ == 0 && "a Descriptor must be gone before its kernel is"); }

    Descriptor open(std::shared_ptr<File> file);

    /// Null for a number that is not open, or that was closed and means another file now.
    File* find(Fd fd) const {
        const auto slot = static_cast<std::size_t>(fd.number);
        return slot < slots_.size() && slots_[slot].generation == fd.generation
                   ? slots_[slot].file.get()
                   : nullptr;
    }

    /// Shares the ownership of the file of that number, so that it outlives its descriptor. Null
    /// for a number that is not open, or that was closed and means another file now.
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
