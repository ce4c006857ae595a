#pragma once

// The tasks that could run now, in the order they became ready: a ring of slots, so that pushing,
// taking the oldest, and leaving out of turn each cost a few instructions, and nothing is allocated
// once the ring is large enough. A task that leaves out of turn leaves a hole.

#include "tasks/task.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace yos {

class ReadyQueue {
public:
    ReadyQueue() : ReadyQueue(64) {}

    bool empty() const { return count_ == 0; }
    std::size_t size() const { return count_; }

    void push(Task& task) {
        if (tail_ - head_ > mask_) {
            grow();
        }
        put(tail_++, &task);
        ++count_;
    }

    /// Takes the oldest. REQUIRES: not empty.
    Task& pop() {
        while (at(head_) == nullptr) {
            ++head_;
        }
        Task& task = *at(head_++);
        task.ready_slot = Task::not_queued;
        --count_;
        return task;
    }

    /// Takes the nth of those that are ready, for a scheduler that does not go by age. The oldest
    /// takes its place. REQUIRES: n < size().
    Task& take(std::size_t n) {
        close_holes();
        Task* chosen = at(head_ + n);
        put(head_ + n, std::exchange(at(head_), chosen));
        return pop();
    }

    void remove(Task& task) noexcept {
        ring_[task.ready_slot] = nullptr;
        task.ready_slot = Task::not_queued;
        --count_;
    }

private:
    Task*& at(std::size_t index) const { return ring_[index & mask_]; }

    void put(std::size_t index, Task* task) {
        at(index) = task;
        task->ready_slot = static_cast<std::uint32_t>(index & mask_);
    }

    void close_holes() {
        if (tail_ - head_ == count_) {
            return;
        }
        std::size_t end = head_;
        for (std::size_t index = head_; index != tail_; ++index) {
            if (Task* task = at(index)) {
                put(end++, task);
            }
        }
        tail_ = end;
    }

    void grow() {
        close_holes();
        if (count_ <= mask_) {
            return;
        }
        ReadyQueue larger(2 * (mask_ + 1));
        while (!empty()) {
            larger.push(pop());
        }
        *this = std::move(larger);
    }

    explicit ReadyQueue(std::size_t slots)
        : ring_(std::make_unique<Task*[]>(slots)), mask_(slots - 1) {}

    std::unique_ptr<Task*[]> ring_;
    std::size_t mask_;       // slots less one; their number is a power of two
    std::size_t head_ = 0;   // index of the oldest slot
    std::size_t tail_ = 0;   // index behind the youngest
    std::size_t count_ = 0;  // tasks: slots in use less holes
};

}  // namespace yos
