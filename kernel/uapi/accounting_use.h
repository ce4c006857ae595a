#pragma once

// What StartAccounting gives: somebody's wish to know how much processor time tasks use. To measure
// it costs a reading of the host's clock per dispatch, so it is done only while there is such a
// wish.

#include <utility>

namespace yos {

class Accounting;

/// While it lives, the processor time of every task is measured: ListTasks and TaskInfo tell it.
/// Move-only. It must be gone before the kernel is, which in Debug aborts otherwise.
class AccountingUse {
public:
    explicit AccountingUse(Accounting& accounting);
    AccountingUse(AccountingUse&& other) noexcept
        : accounting_(std::exchange(other.accounting_, nullptr)) {}
    AccountingUse& operator=(AccountingUse&& other) noexcept {
        std::swap(accounting_, other.accounting_);
        return *this;
    }
    ~AccountingUse();

private:
    Accounting* accounting_;
};

}  // namespace yos
