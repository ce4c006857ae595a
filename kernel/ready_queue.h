#pragma once

// The tasks that could run now, in the order they became ready: a ring, so that pushing and taking
// the oldest each cost a few instructions, and nothing is allocated once the ring is large enough.
// A task that ends while it is in here leaves a gap, and stays in memory until the ring has come
// round to it.

#include "tasks/contract.h"
#include "tasks/task.h"

#include <cassert>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace yos {

class ReadyQueue {
public:
    ReadyQueue() : ReadyQueue(64) {}
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;
    ~ReadyQueue() { close_gaps(); }

    bool empty() const { return size() == 0; }
    std::size_t size() const { return tail_ - head_ - ended_; }

    void push(Task& task) {
        if (tail_ - head_ > mask_) [[unlikely]] {
            make_room();
        }
        at(tail_++) = &task;
    }

    /// Takes the oldest; null when there is none.
    Task* pop() {
        while (head_ != tail_) {
            Task& task = *at(head_++);
            if (!pass_over(task)) [[likely]] {
                return &task;
            }
        }
        return nullptr;
    }

    /// Takes the nth of those that are ready, for a scheduler that does not go by age. The oldest
    /// takes its place. In Debug throws std::logic_error unless n < size().
    Task& pop(std::size_t n) {
        check_in_debug(n < size(), [&] {
            return "ReadyQueue::pop(" + std::to_string(n) + "): " + std::to_string(size()) +
                   " are ready, numbered from 0";
        });
        close_gaps();
        std::swap(at(head_), at(head_ + n));
        return *pop();
    }

    /// A task in the ring has ended: it is no longer counted, and passed over when its turn comes.
    void remove(Task& zombie) noexcept {
        assert(!empty() && !zombie.left_in_ready_queue_ && "a task was removed that is not ready");
        zombie.left_in_ready_queue_ = true;
        ++ended_;
    }

    /// Deletes a task that has ended and that nothing refers to but perhaps the ring: at once when
    /// it is not in the ring, and otherwise when the ring comes round to it.
    static void dispose(Task& task) noexcept {
        if (task.left_in_ready_queue_) {
            task.abandoned_ = true;
        } else {
            delete &task;
        }
    }

private:
    Task*& at(std::size_t index) const { return ring_[index & mask_]; }

    explicit ReadyQueue(std::size_t slots)
        : ring_(std::make_unique<Task*[]>(slots)), mask_(slots - 1) {}

    bool pass_over(Task& task) noexcept {
        if (task.state() != Task::State::zombie) [[likely]] {
            return false;
        }
        bury(task);
        return true;
    }

    void bury(Task& zombie) noexcept;
    void close_gaps() noexcept;
    void make_room();

    void swap(ReadyQueue& other) noexcept {
        std::swap(ring_, other.ring_);
        std::swap(mask_, other.mask_);
        std::swap(head_, other.head_);
        std::swap(tail_, other.tail_);
        std::swap(ended_, other.ended_);
    }

    std::unique_ptr<Task*[]> ring_;
    std::size_t mask_;       // slots less one; their number is a power of two
    std::size_t head_ = 0;   // index of the oldest slot
    std::size_t tail_ = 0;   // index behind the youngest
    std::size_t ended_ = 0;  // how many of those between are zombies
};

}  // namespace yos
