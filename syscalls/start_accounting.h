#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/accounting_use.h"

namespace yos {

/// Has the processor time of every task measured. It is, for as long as what this evaluates to
/// lives: then ListTasks and TaskInfo tell it. Several may want it at once. Never blocks. Never
/// fails.
class StartAccounting : public SystemCall<AccountingUse> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return complete(AccountingUse(kernel.accounting()));
    }
};

}  // namespace yos
