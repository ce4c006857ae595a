#include "tasks/task.h"

namespace yos {

void Task::keep(std::string&& name, const Main& main) {
    extras().name = std::move(name);
    if (main.has_code_) {
        Coroutine<int>::return_into(extras().exit_code, *main.frame_);
    }
}

void Task::drop_extras() noexcept {
    delete extras_;
}

std::string Task::name() const {
    if (extras_ != nullptr && !extras_->name.empty()) {
        return extras_->name;
    }
    std::string name = to_entry(outermost()).function;
    if (const auto scope = name.rfind("::"); scope != std::string::npos) {
        name.erase(0, scope + 2);
    }
    return name;
}

Task::Extras& Task::extras() {
    if (extras_ == nullptr) {
        extras_ = new Extras;
        extras_->exit_code.put(0);
    }
    return *extras_;
}

const Ref<ExitRecord>& Task::begin_exit() {
    Extras& with = extras();
    return with.exit = Ref(new ExitRecord);
}

// ---- Counters ----

/// None while an interruption waits. This is where the count of traps is carried.
unsigned Task::allow_fewer(unsigned traps) noexcept {
    if (traps_ >= traps_carried) {
        traps_ -= traps_carried;
        ++extras().traps;
    }
    return interruption_waits() ? 0 : traps;
}

void Task::carry_switches() noexcept {
    ++extras().switches;
}

std::uint64_t Task::traps() const noexcept {
    return (extras_ != nullptr ? extras_->traps * traps_carried : 0) + traps_;
}

std::uint64_t Task::switches() const noexcept {
    return (extras_ != nullptr ? extras_->switches << 16 : 0) + switches_;
}

// ---- Interruptions ----

std::exception_ptr Task::take_cancellation() noexcept {
    return extras_ != nullptr ? std::exchange(extras_->cancellation, nullptr) : nullptr;
}

// ---- What it owns ----

void Task::holds(Held& held) {
    held.next_ = std::exchange(extras().held, &held);
}

void Task::gave_back(Held& held) noexcept {
    for (Held** link = &extras_->held; *link != nullptr; link = &(*link)->next_) {
        if (*link == &held) {
            *link = held.next_;
            return;
        }
    }
}

bool Task::holds_one_of(const MemoryRange& module) const noexcept {
    const Held* held = extras_ != nullptr ? extras_->held : nullptr;
    while (held != nullptr && !module.contains_class_of(*held)) {
        held = held->next_;
    }
    return held != nullptr;
}

void Task::abandon_held() noexcept {
    while (holds_anything()) {
        Held& held = *extras_->held;
        extras_->held = held.next_;
        held.owner_died(*this);
    }
}

}  // namespace yos
