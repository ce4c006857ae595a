#include "kernel/doors/observers.h"

#include "kernel/log/kernel_log.h"

#include <algorithm>
#include <string>

namespace yos {

void Observers::attach(Observer& observer) {
    observers_.push_back(&observer);
    any_ = true;
}

void Observers::detach(Observer& observer) noexcept {
    std::replace(observers_.begin(), observers_.end(), &observer, static_cast<Observer*>(nullptr));
    if (telling_ == 0) {
        forget_detached();
    }
}

void Observers::forget_detached() noexcept {
    std::erase(observers_, nullptr);
    any_ = !observers_.empty();
}

void Observers::drop(Observer& observer, const char* why) noexcept {
    detach(observer);
    log_.warning(std::string("an observer threw and was detached: ") + why);
}

}  // namespace yos
