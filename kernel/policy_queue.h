#pragma once

// The ready tasks while a policy has them. It knows who they are by itself: a policy that forgets
// one, or offers one that is not ready, is found out, and nobody is lost.

#include "kernel/doors/policy.h"
#include "tasks/task.h"

#include <cstddef>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

namespace yos {

class PolicyQueue {
public:
    explicit PolicyQueue(Policy& policy) : policy_(policy) {}

    Policy& policy() const { return policy_; }
    std::size_t size() const { return tasks_.size(); }

    void add(Task& task);

    /// False when it is not in here.
    bool remove(Task& task) noexcept;

    /// Those who may be next. Throws std::logic_error when the policy has made a mistake.
    std::span<Task* const> best();

    /// All that are in here, by their tids.
    std::vector<Task*> tasks() const;

private:
    Policy& policy_;
    std::unordered_set<Task*> tasks_;
};

}  // namespace yos
