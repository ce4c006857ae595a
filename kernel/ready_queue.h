#pragma once

// The tasks that could run now, in the order they became ready: a ring, so that pushing and taking
// the oldest each cost a few instructions, and nothing is allocated once the ring is large enough.
// A task that ends while it is in here leaves a gap, and stays in memory until the ring has come
// round to it. One whose job is stopped is held back when its turn comes: it waits outside until it
// is continued.

#include "kernel/doors/oracle.h"
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
    std::size_t size() const { return used() - ended_; }

    void push(Task& task) {
        if (ring_[end_] != nullptr) [[unlikely]] {
            make_room();
        }
        ring_[end_] = &task;
        end_ = (end_ + 1) & mask_;
    }

    /// Takes the oldest that may run; null when there is none.
    Task* pop() {
        while (Task* const task = take_front()) {
            if (!task->has(Task::left_in_ready_queue_ | Task::stopped_)) [[likely]] {
                return task;
            }
            pass_over(*task);
        }
        return nullptr;
    }

    /// Those that are ready, for the oracle: until the next change. The oldest is the first.
    class Oldest final : public Candidates {
    public:
        explicit Oldest(ReadyQueue& queue) : Candidates(queue.size()), queue_(queue) {
            queue.close_gaps();
        }
        const Task* task(std::size_t candidate) const override { return queue_.at(candidate); }

    private:
        ReadyQueue& queue_;
    };

    /// Takes the nth of those that are ready. The oldest takes its place. Null when it is held
    /// back. In Debug throws std::logic_error unless n < size().
    Task* pop(std::size_t n) {
        check_in_debug(n < size(), [&] {
            return "ReadyQueue::pop(" + std::to_string(n) + "): " + std::to_string(size()) +
                   " are ready, numbered from 0";
        });
        close_gaps();
        std::swap(at(0), at(n));
        Task& task = *take_front();
        if (task.stopped()) {
            pass_over(task);
            return nullptr;
        }
        return &task;
    }

    /// A task in the ring has ended: it is no longer counted, and passed over when its turn comes.
    void remove(Task& zombie) noexcept {
        assert(!empty() && !zombie.has(Task::left_in_ready_queue_) &&
               "a task was removed that is not ready");
        zombie.set(Task::left_in_ready_queue_, true);
        ++ended_;
    }

    /// One that was taken is not to run now: it is stopped, or has ended.
    void pass_over(Task& task) noexcept;

    /// Deletes a task that has ended and that nothing refers to but perhaps the ring: at once when
    /// it is not in the ring, and otherwise when the ring comes round to it.
    static void dispose(Task& task) noexcept {
        if (task.has(Task::left_in_ready_queue_)) {
            task.set(Task::abandoned_, true);
        } else {
            delete &task;
        }
    }

private:
    /// By its place in line.
    Task*& at(std::size_t place) const { return ring_[(first_ + place) & mask_]; }

    Task* take_front() {
        Task* const task = ring_[first_];
        if (task != nullptr) {
            ring_[first_] = nullptr;
            first_ = (first_ + 1) & mask_;
        }
        return task;
    }

    /// How many slots are.
    std::size_t used() const {
        return end_ == first_ && ring_[first_] != nullptr ? mask_ + 1 : (end_ - first_) & mask_;
    }

    explicit ReadyQueue(std::size_t slots)
        : ring_(std::make_unique<Task*[]>(slots)), mask_(slots - 1) {}

    void bury(Task& zombie) noexcept;
    void close_gaps() noexcept;
    void make_room();

    std::unique_ptr<Task*[]> ring_;  // null in a free slot
    std::size_t mask_;               // slots less one; their number is a power of two
    std::size_t first_ = 0;          // index of the slot with the oldest
    std::size_t end_ = 0;            // index behind the youngest
    std::size_t ended_ = 0;          // how many of those between are zombies
};

}  // namespace yos
