#pragma once

// In which order a Channel gives out what is in it: as a Ring, the oldest first; as a Stack, the
// youngest; or as a PriorityQueue, the most urgent.

#include "tasks/contract.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace yos {

template <class T>
class Stack {
public:
    bool empty() const { return values_.empty(); }
    std::size_t size() const { return values_.size(); }

    void emplace_back(T value) { values_.push_back(std::move(value)); }

    /// Takes out the one that goes next. In Debug throws std::logic_error when it is empty.
    T take_front() {
        check_in_debug(!empty(),
                       "Stack: there is nothing to take of an empty one: ask empty() first");
        T value = std::move(values_.back());
        values_.pop_back();
        return value;
    }

private:
    std::vector<T> values_;
};

/// A binary heap. The smallest goes first, or the first by another order; of equals the oldest.
template <class T, class Before = std::less<T>>
class PriorityQueue {
public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }

    void emplace_back(T value) {
        heap_.push_back({std::move(value), arrivals_++});
        std::push_heap(heap_.begin(), heap_.end(), goes_after);
    }

    /// Takes out the one that goes next. In Debug throws std::logic_error when it is empty.
    T take_front() {
        check_in_debug(
            !empty(), "PriorityQueue: there is nothing to take of an empty one: ask empty() first");
        std::pop_heap(heap_.begin(), heap_.end(), goes_after);
        T value = std::move(heap_.back().value);
        heap_.pop_back();
        return value;
    }

private:
    struct Entry {
        T value;
        std::uint64_t arrival;
    };

    static bool goes_after(const Entry& a, const Entry& b) {
        const Before before;
        if (before(a.value, b.value) || before(b.value, a.value)) {
            return before(b.value, a.value);
        }
        return a.arrival > b.arrival;
    }

    std::vector<Entry> heap_;
    std::uint64_t arrivals_ = 0;
};

}  // namespace yos
