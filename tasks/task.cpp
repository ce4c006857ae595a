#include "tasks/task.h"

namespace yos {

Task::Task(Upcalls& upcalls, const Identity& identity, Main&& main, std::string&& name)
    : is_kernel_(identity.kind == Kind::kernel),
      joinable_(identity.joinable),
      upcalls_(upcalls),
      tid_(identity.tid),
      parent_(identity.parent),
      job_(identity.job) {
    if (!name.empty()) {
        extras().name = std::move(name);
    }
    if (!main.plain_.empty()) {
        ResultSlot<void> none;
        std::move(main.plain_).start_on(*this, none);
    } else {
        std::move(main.with_code_).start_on(*this, extras().exit_code);
    }
}

Task::~Task() {
    leave_unserved();
    unwind();
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

const Ref<ExitRecord>& Task::exit() {
    Ref<ExitRecord>& record = extras().exit;
    if (!record) {
        record = Ref(new ExitRecord);
    }
    return record;
}

// ---- Counters ----

void Task::carry(std::uint64_t Extras::*counter) noexcept {
    extras().*counter += 1;
}

std::uint64_t Task::traps() const noexcept {
    return (extras_ != nullptr ? extras_->traps << 16 : 0) + traps_;
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
