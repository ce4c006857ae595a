#pragma once

// Which file is open under which number: the lowest free one first, as people expect of a Unix.

#include "kernel/files/file.h"
#include "kernel/uapi/descriptor.h"
#include "kernel/uapi/fd.h"
#include "tasks/contract.h"

#include <cassert>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

namespace yos {

/// A file that a call asked for by its descriptor, or why it does not get it:
///
///     const auto file = kernel.descriptors().find(fd_);
///     if (!file) {
///         return fail(file.error());
///     }
template <class Kind>
class Found {
public:
    explicit Found(Kind& file) : file_(&file) {}
    explicit Found(std::errc error) : error_(error) {}

    explicit operator bool() const { return file_ != nullptr; }

    /// In Debug throws std::logic_error when there is none.
    Kind& operator*() const {
        check_in_debug(file_ != nullptr, "Found: there is no file, but an error(): ask first");
        return *file_;
    }
    Kind* operator->() const { return &**this; }
    std::errc error() const { return error_; }

private:
    Kind* file_ = nullptr;
    std::errc error_{};
};

class DescriptorTable {
public:
    DescriptorTable() = default;
    DescriptorTable(const DescriptorTable&) = delete;
    DescriptorTable& operator=(const DescriptorTable&) = delete;
    ~DescriptorTable() { assert(open_ == 0 && "a Descriptor must be gone before its kernel is"); }

    Descriptor open(std::shared_ptr<File> file);

    /// EBADF for a number that is not open, or that was closed and means another file now.
    Found<File> find(Fd fd) const {
        File* const file = at(fd);
        return file != nullptr ? Found<File>(*file) : Found<File>(std::errc::bad_file_descriptor);
    }

    /// A file of that kind; `otherwise` is the error for one of another.
    template <class Kind>
    Found<Kind> find(Fd fd, std::errc otherwise) const {
        File* const file = at(fd);
        if (file == nullptr) {
            return Found<Kind>(std::errc::bad_file_descriptor);
        }
        Kind* const of_kind = dynamic_cast<Kind*>(file);
        return of_kind != nullptr ? Found<Kind>(*of_kind) : Found<Kind>(otherwise);
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

    File* at(Fd fd) const {
        const auto slot = static_cast<std::size_t>(fd.number);
        return slot < slots_.size() && slots_[slot].generation == fd.generation
                   ? slots_[slot].file.get()
                   : nullptr;
    }

    std::vector<Slot> slots_;
    std::priority_queue<std::int32_t, std::vector<std::int32_t>, std::greater<>> free_;
    std::size_t open_ = 0;
};

}  // namespace yos
