#include "kernel/accounting.h"

#include "kernel/kernel.h"

namespace yos {

std::optional<Duration> Accounting::used_by(Tid task) const {
    if (uses_ == 0) {
        return std::nullopt;
    }
    const auto found = used_.find(task);
    const Duration before = found != used_.end() ? found->second : Duration::zero();
    return task == running_ ? before + processor_time() - since_ : before;
}

/// What has passed since the last dispatch is what the task of that one has used.
void Accounting::resumed(const Task& task) {
    const Duration now = processor_time();
    used_[running_] += now - std::exchange(since_, now);
    running_ = task.tid();
}

void Accounting::exited(const Task& task, const ExitStatus& /*status*/) {
    if (task.tid() == running_) {
        running_ = kernel_tid;  // what is left of the dispatch, is cleaning up
        since_ = processor_time();
    }
    used_.erase(task.tid());
}

void Accounting::begin() {
    if (uses_ == 0) {
        used_.clear();
        running_ = kernel_tid;
        since_ = processor_time();
        kernel_.attach(*this);
    }
    ++uses_;
}

void Accounting::end() noexcept {
    if (--uses_ == 0) {
        kernel_.detach(*this);
    }
}

AccountingUse::AccountingUse(Accounting& accounting) : accounting_(&accounting) {
    accounting.begin();
}

AccountingUse::~AccountingUse() {
    if (accounting_ != nullptr) {
        accounting_->end();
    }
}

Duration Accounting::processor_time() const {
    return kernel_.clock().processor_now();
}

}  // namespace yos
