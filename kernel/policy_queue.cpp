#include "kernel/policy_queue.h"

#include <algorithm>
#include <stdexcept>

namespace yos {

void PolicyQueue::add(Task& task) {
    tasks_.insert(&task);
    policy_.ready(task);
}

bool PolicyQueue::remove(Task& task) noexcept {
    const bool removed = tasks_.erase(&task) > 0;
    if (removed) {
        policy_.unready(task);
    }
    return removed;
}

std::span<Task* const> PolicyQueue::best() {
    const std::span<Task* const> best = policy_.best();
    if (best.empty()) {
        throw std::logic_error("it offers nobody, but has " + std::to_string(tasks_.size()) +
                               " ready tasks");
    }
    return best;
}

std::vector<Task*> PolicyQueue::tasks() const {
    std::vector<Task*> all(tasks_.begin(), tasks_.end());
    std::sort(
        all.begin(), all.end(), [](const Task* a, const Task* b) { return a->tid() < b->tid(); });
    return all;
}

}  // namespace yos
