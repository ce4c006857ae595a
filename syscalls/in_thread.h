#pragma once

#include "kernel/host/function_job.h"
#include "kernel/system_call.h"

#include <memory>

namespace yos {

/// Runs a function on a host thread. It is for work that would block the kernel. Evaluates to what
/// the function returns. Blocks until it is done; woken by the I/O task. When the caller is killed,
/// cancelled or timed out, a function that has begun runs to its end, unheard; one that has not is
/// dropped. The function and what it captures must stay off the kernel: it runs beside it. Throws
/// what the function throws.
template <class Function>
class InThread : public SystemCall<std::invoke_result_t<Function&>> {
public:
    explicit InThread(Function function)
        : job_(std::make_shared<FunctionJob<Function>>(std::move(function))) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (!std::exchange(submitted_, true)) {
            kernel.threads().submit(job_);
        }
        if (!job_->finished) {
            return this->block_on(self, job_->waiters);
        }
        if constexpr (std::is_void_v<std::invoke_result_t<Function&>>) {
            job_->take();
            return this->complete();
        } else {
            return this->complete(job_->take());
        }
    }

private:
    std::shared_ptr<FunctionJob<Function>> job_;
    bool submitted_ = false;
};

}  // namespace yos
