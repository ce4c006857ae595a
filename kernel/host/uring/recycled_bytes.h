#pragma once

// Bytes in recycled memory, for what comes and goes with every message. A std::vector would set
// them to zero before it copies, and with an allocator of its own copy them one by one.

#include "tasks/contract.h"
#include "tasks/recycler.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace yos {

class RecycledBytes {
public:
    RecycledBytes() = default;
    RecycledBytes(RecycledBytes&& other) noexcept { swap(other); }
    RecycledBytes& operator=(RecycledBytes&& other) noexcept {
        RecycledBytes(std::move(other)).swap(*this);
        return *this;
    }
    ~RecycledBytes() {
        if (data_ != nullptr) {
            Recycler::release(data_, capacity_);
        }
    }

    char* data() { return data_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    /// Room for `size` bytes, whatever is in them. In Debug throws std::logic_error unless empty.
    void make(std::size_t size) {
        check_in_debug(empty(), "RecycledBytes::make: bytes are there already: append() adds more");
        reserve(size);
        size_ = size;
    }

    void append(std::span<const char> bytes) {
        if (size_ + bytes.size() > capacity_) {
            reserve(std::max(size_ + bytes.size(), 2 * capacity_));
        }
        std::copy(bytes.begin(), bytes.end(), data_ + size_);
        size_ += bytes.size();
    }

private:
    void swap(RecycledBytes& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    /// Of more than there is.
    void reserve(std::size_t capacity) {
        RecycledBytes larger;
        larger.data_ = static_cast<char*>(Recycler::allocate(capacity));
        larger.capacity_ = capacity;
        larger.size_ = size_;
        std::copy_n(data_, size_, larger.data_);
        swap(larger);
    }

    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace yos
