#pragma once

#include "kernel/system_call.h"
#include "kernel/world/function_job.h"

#include <memory>
#include <type_traits>
#include <utility>

namespace yos {

/// Runs a function on a host thread. It is for work that would block the kernel. Evaluates to what
/// the function returns. Blocks until it is done; woken by the I/O task. When the caller is killed,
/// cancelled or timed out, a function that has begun runs to its end, unheard; one that has not is
/// dropped. The function is copied. It and what it captures must stay off the kernel: it runs
/// beside it. Throws what the function throws.
template <class Function>
class InThread : public SystemCall<std::invoke_result_t<Function&>> {
    static_assert(
        std::is_copy_constructible_v<Function>,
        "InThread copies its function: let it capture a std::shared_ptr to what cannot be "
        "copied");

public:
    explicit InThread(const Function& function)
        : job_(std::make_shared<FunctionJob<Function>>(function)) {}

    /// GCC 12 destroys a closure twice that is a temporary in a co_yield.
    explicit InThread(Function&& function) : InThread(std::as_const(function)) {
        static_assert(std::is_trivially_destructible_v<Function>,
                      "a function that owns something has a name before it goes to a thread: "
                      "auto work = [text] { ... }; co_yield InThread{work}");
    }

    Outcome handle(Kernel& kernel, Task& self) override {
        if (!std::exchange(submitted_, true)) {
            kernel.world().threads->submit(job_);
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

template <class Function>
InThread(Function) -> InThread<Function>;

}  // namespace yos
