#pragma once

#include <utility>

namespace yos {

class Accounting;

/// While it lives, the processor time of every task is measured. Move-only. REQUIRES: gone before
/// the kernel is.
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
