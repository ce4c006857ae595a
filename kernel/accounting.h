#pragma once

// How much processor time each task has used. It takes a reading of the host's clock per dispatch
// (a fifth of a microsecond, where a whole dispatch takes some nanoseconds), so it is done only
// while somebody wants to know: an observer that is attached as long as a use of it lives.

#include "kernel/doors/observer.h"
#include "kernel/uapi/accounting_use.h"
#include "kernel/uapi/time.h"

#include <cassert>
#include <map>
#include <optional>

namespace yos {

class Accounting final : public Observer {
public:
    explicit Accounting(Kernel& kernel) : kernel_(kernel) {}
    Accounting(const Accounting&) = delete;
    Accounting& operator=(const Accounting&) = delete;
    ~Accounting() { assert(uses_ == 0 && "an AccountingUse must be gone before its kernel is"); }

    /// Since accounting began; none while it is off.
    std::optional<Duration> used_by(Tid task) const;

    void resumed(const Task& task) override;
    void exited(const Task& task, const ExitStatus& status) override;

private:
    friend class AccountingUse;

    void begin();
    void end() noexcept;
    Duration processor_time() const;

    Kernel& kernel_;
    int uses_ = 0;
    std::map<Tid, Duration> used_;
    Tid running_ = kernel_tid;
    Duration since_{};  // when it began to
};

}  // namespace yos
