// What the kernel asks and tells those who stand at its doors (kernel/doors), while anybody does.

#include "kernel/kernel.h"
#include "tasks/contract.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace yos {
namespace {

/// While one of these lives, somebody at a door is being asked.
class Asking {
public:
    explicit Asking(bool& flag) : flag_(flag), before_(std::exchange(flag, true)) {}
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    ~Asking() { flag_ = before_; }

private:
    bool& flag_;
    const bool before_;
};

}  // namespace

void Kernel::attach(Observer& observer) {
    observers_.attach(observer);
    attend();
}

void Kernel::set_oracle(Oracle* oracle) {
    oracle_ = oracle;
    attend();
}

void Kernel::set_policy(Policy* policy) {
    check_contract(!asking_policy_,
                   "set_policy: the policy that is there is being asked: let a task "
                   "call it, or whoever runs the kernel");
    if (policy_ != nullptr) {
        for (Task* const task : policy_->tasks()) {
            policy_->remove(*task);
            ready_.push(*task);
        }
    }
    policy_ = policy != nullptr ? std::make_unique<PolicyQueue>(*policy) : nullptr;
    attend();
}

void Kernel::set_hook(Hook* hook) {
    hook_ = hook;
    attend();
}

bool Kernel::has_at_door(const MemoryRange& module) const {
    return (oracle_ != nullptr && module.contains_class_of(*oracle_)) ||
           (policy_ != nullptr && module.contains_class_of(policy_->policy())) ||
           (hook_ != nullptr && module.contains_class_of(*hook_));
}

// ---- The oracle ----

std::size_t Kernel::choose(Choice kind, const Candidates& candidates) noexcept {
    if (oracle_ == nullptr || candidates.size() < 2) {
        return 0;
    }
    try {
        const std::size_t answer = oracle_->choose(kind, candidates);
        if (answer >= candidates.size()) {
            throw std::logic_error("it chose candidate " + std::to_string(answer) + " of " +
                                   std::to_string(candidates.size()) + ", numbered from 0");
        }
        tell(&Observer::decided, kind, candidates.size(), answer);
        return answer;
    } catch (...) {
        tell_of_dismissal("oracle");
        oracle_ = nullptr;
        return 0;
    }
}

std::uint64_t Kernel::random() {
    try {
        if (oracle_ != nullptr) {
            return oracle_->random();
        }
    } catch (...) {
        tell_of_dismissal("oracle");
        oracle_ = nullptr;
    }
    return world_.random();
}

/// On the virtual clock, time may pass also while tasks are ready: then a timer expires before they
/// have their turn.
void Kernel::let_time_pass() {
    while (oracle_ != nullptr && world_.clock.is_virtual() && !pausing_ && !nobody_ready() &&
           !timers_.empty() && choose(Choice::time_passes, Candidates(2)) == 1) {
        for (std::size_t expired = 0; expired == 0 && !timers_.empty();) {
            world_.clock.jump_to(std::max(*timers_.next(), now()));
            expired = timers_.expire_until(now());
        }
    }
}

// ---- The policy ----

/// Null when nobody is ready. The ready queue holds those who became so since the last time.
Task* Kernel::choose_by_policy() {
    class Best final : public Candidates {
    public:
        explicit Best(std::span<Task* const> tasks) : Candidates(tasks.size()), tasks_(tasks) {}
        const Task* task(std::size_t candidate) const override { return tasks_[candidate]; }

    private:
        const std::span<Task* const> tasks_;
    };
    const Asking asking(asking_policy_);
    try {
        while (Task* const task = ready_.pop()) {
            policy_->add(*task);
        }
        while (policy_->size() > 0) {
            const std::span<Task* const> best = policy_->best();
            Task* const next = best[choose(Choice::next_task, Best(best))];
            if (!policy_->remove(*next)) {
                throw std::logic_error("it offers a task that is not ready");
            }
            if (!next->stopped()) {
                return next;
            }
            ready_.pass_over(*next);
        }
        return nullptr;
    } catch (...) {
        dismiss_policy();
    }
    return choose_ready();
}

/// Does nothing when there is none.
void Kernel::ask_policy(const std::function<void(Policy&)>& ask) noexcept {
    const Asking asking(asking_policy_);
    try {
        if (policy_ != nullptr) {
            ask(policy_->policy());
        }
    } catch (...) {
        dismiss_policy();
    }
}

/// For what is being caught.
void Kernel::dismiss_policy() noexcept {
    tell_of_dismissal("policy");
    for (Task* const task : policy_->tasks()) {
        ready_.push(*task);
    }
    policy_ = nullptr;
}

/// Logs what is being caught.
void Kernel::tell_of_dismissal(const char* who) noexcept {
    std::string why = "it threw something that is no std::exception";
    try {
        throw;
    } catch (const std::exception& failure) {
        why = failure.what();
    } catch (...) {
    }
    log_.warning("the " + std::string(who) + " was dismissed: " + why);
}

}  // namespace yos
