#include "kernel/ready_queue.h"

namespace yos {

void ReadyQueue::pass_over(Task& task) noexcept {
    if (task.has(Task::left_in_ready_queue_)) {
        bury(task);
    } else {
        task.set(Task::held_back_, true);
    }
}

/// Takes a zombie out of the ring.
void ReadyQueue::bury(Task& zombie) noexcept {
    --ended_;
    zombie.set(Task::left_in_ready_queue_, false);
    if (zombie.has(Task::abandoned_)) {
        delete &zombie;
    }
}

void ReadyQueue::close_gaps() noexcept {
    if (ended_ == 0) {
        return;
    }
    const std::size_t before = used();
    std::size_t kept = 0;
    for (std::size_t place = 0; place < before; ++place) {
        Task* const task = std::exchange(at(place), nullptr);
        if (task->has(Task::left_in_ready_queue_)) {
            bury(*task);
        } else {
            at(kept++) = task;
        }
    }
    end_ = (first_ + kept) & mask_;
}

void ReadyQueue::make_room() {
    close_gaps();
    const std::size_t slots = mask_ + 1;
    if (used() < slots) {
        return;
    }
    auto larger = std::make_unique<Task*[]>(2 * slots);
    for (std::size_t place = 0; place < slots; ++place) {
        larger[place] = at(place);
    }
    ring_ = std::move(larger);
    mask_ = 2 * slots - 1;
    first_ = 0;
    end_ = slots;
}

}  // namespace yos
