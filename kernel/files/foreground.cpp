#include "kernel/files/foreground.h"

#include <algorithm>

namespace yos {

void Foreground::give_to(Tid job, bool may_stop) {
    job_ = job;
    may_stop_ = may_stop;
    keys_changed();
}

void Foreground::begin_keys(Tid job) {
    ++keys_[job];
    keys_changed();
}

void Foreground::end_keys(Tid job) {
    if (--keys_[job] == 0) {
        keys_.erase(job);
    }
    keys_changed();
}

bool Foreground::wants_keys() const {
    return std::any_of(
        keys_.begin(), keys_.end(), [this](const auto& entry) { return has(entry.first); });
}

}  // namespace yos
