#include "tasks/task.h"

#include "tasks/scheduler.h"

namespace yos {

Task::Task(Scheduler& scheduler, Identity identity, Main main)
    : scheduler_(scheduler), identity_(std::move(identity)) {
    set_exit_code(0);
    if (auto* plain = std::get_if<Coroutine<void>>(&main)) {
        ResultSlot<void> none;
        std::move(*plain).start_on(*this, none);
    } else {
        std::get<Coroutine<int>>(std::move(main)).start_on(*this, result_);
    }
    main_ = where();
}

std::string Task::name() const {
    if (!identity_.name.empty()) {
        return identity_.name;
    }
    std::string name = to_entry(main_).function;
    if (const auto scope = name.rfind("::"); scope != std::string::npos) {
        name.erase(0, scope + 2);
    }
    return name;
}

const std::shared_ptr<ExitRecord>& Task::exit() {
    if (!exit_) {
        exit_ = std::make_shared<ExitRecord>();
    }
    return exit_;
}

void Task::holds(Held& held) noexcept {
    held.next_ = held_;
    held_ = &held;
}

void Task::gave_back(Held& held) noexcept {
    for (Held** link = &held_; *link != nullptr; link = &(*link)->next_) {
        if (*link == &held) {
            *link = held.next_;
            return;
        }
    }
}

std::size_t Task::abandon_held() noexcept {
    std::size_t abandoned = 0;
    while (Held* held = held_) {
        held_ = held->next_;
        held->owner_died(*this);
        ++abandoned;
    }
    return abandoned;
}

}  // namespace yos
