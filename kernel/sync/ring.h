#pragma once

// A queue of values in a ring of slots, which grows as need be and is then never allocated again.

#include "tasks/contract.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace yos {

template <class T>
class Ring {
public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    template <class... Arguments>
    void emplace_back(Arguments&&... arguments) {
        if (size_ == slots_.size()) {
            grow();
        }
        at(size_).emplace(std::forward<Arguments>(arguments)...);
        ++size_;
    }

    /// The oldest. In Debug this, and what takes it out, throws std::logic_error when it is empty.
    T& front() {
        check_in_debug(!empty(), "Ring: there is no oldest in an empty one: ask empty() first");
        return *at(0);
    }

    /// Takes the oldest out.
    T take_front() {
        T value = std::move(front());
        pop_front();
        return value;
    }

    void pop_front() {
        check_in_debug(!empty(), "Ring: there is no oldest in an empty one: ask empty() first");
        at(0).reset();
        ++head_;
        --size_;
    }

private:
    std::optional<T>& at(std::size_t index) {
        return slots_[(head_ + index) & (slots_.size() - 1)];
    }

    void grow() {
        std::vector<std::optional<T>> larger(slots_.empty() ? 4 : 2 * slots_.size());
        for (std::size_t i = 0; i < size_; ++i) {
            larger[i].emplace(std::move(*at(i)));
        }
        slots_ = std::move(larger);
        head_ = 0;
    }

    std::vector<std::optional<T>> slots_;  // their number is a power of two, or none
    std::size_t head_ = 0;                 // the oldest is here, or whole rounds before
    std::size_t size_ = 0;
};

}  // namespace yos
