#pragma once

// A queue of values in a ring of slots, which grows as need be and is then never allocated again.

#include "tasks/contract.h"

#include <cstddef>
#include <memory>
#include <utility>

namespace yos {

template <class T>
class Ring {
public:
    Ring() = default;
    Ring(const Ring&) = delete;
    Ring& operator=(const Ring&) = delete;
    ~Ring() {
        while (!empty()) {
            pop_front();
        }
    }

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    template <class... Arguments>
    void emplace_back(Arguments&&... arguments) {
        if (size_ == capacity_) [[unlikely]] {
            grow();
        }
        std::construct_at(&at(size_), std::forward<Arguments>(arguments)...);
        ++size_;
    }

    /// The oldest. In Debug this, and what takes it out, throws std::logic_error when it is empty.
    T& front() {
        check_in_debug(!empty(), "Ring: there is no oldest in an empty one: ask empty() first");
        return at(0);
    }

    /// Takes the oldest out.
    T take_front() {
        T value = std::move(front());
        pop_front();
        return value;
    }

    void pop_front() {
        std::destroy_at(&front());
        ++head_;
        --size_;
    }

private:
    /// Has room for a value, and may have one.
    union Slot {
        Slot() {}
        ~Slot() {}
        T value;
    };

    T& at(std::size_t index) { return slots_[(head_ + index) & (capacity_ - 1)].value; }

    explicit Ring(std::size_t capacity)
        : slots_(std::make_unique<Slot[]>(capacity)), capacity_(capacity) {}

    [[gnu::noinline]] void grow() {
        Ring larger(capacity_ == 0 ? 4 : 2 * capacity_);
        for (std::size_t i = 0; i < size_; ++i) {
            larger.emplace_back(std::move(at(i)));
        }
        std::swap(slots_, larger.slots_);
        std::swap(capacity_, larger.capacity_);
        std::swap(head_, larger.head_);
    }

    std::unique_ptr<Slot[]> slots_;
    std::size_t capacity_ = 0;  // a power of two, or 0
    std::size_t head_ = 0;      // the oldest is here, or whole rounds before
    std::size_t size_ = 0;
};

}  // namespace yos
