#pragma once

#include "kernel/system_call.h"

#include <functional>

namespace yos {

/// Runs a function on a host thread. It is for work that would block the kernel. Evaluates to what
/// the function returns. Blocks until it is done; woken by the I/O task. When the caller is killed,
/// cancelled or timed out, a function that has begun runs to its end, unheard; one that has not is
/// dropped. The function and what it captures must stay off the kernel: it runs beside it. Throws
/// what the function throws.
template <class Function>
class InThread : public SystemCall<std::invoke_result_t<Function&>> {
    using T = std::invoke_result_t<Function&>;

public:
    explicit InThread(Function function) : job_(std::make_shared<Job>(std::move(function))) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (!std::exchange(submitted_, true)) {
            kernel.threads().submit(job_);
        }
        if (!job_->finished) {
            return this->block_on(self, job_->waiters);
        }
        if (job_->exception) {
            std::rethrow_exception(job_->exception);
        }
        if constexpr (std::is_void_v<T>) {
            return this->complete();
        } else {
            return this->complete(job_->result.take());
        }
    }

private:
    struct Job : ThreadPool::Job {
        explicit Job(Function function) : function(std::move(function)) {}

        void run() noexcept override {
            try {
                if constexpr (std::is_void_v<T>) {
                    function();
                } else {
                    result.put(function());
                }
            } catch (...) {
                exception = std::current_exception();
            }
        }

        Function function;
        ResultSlot<T> result;
        std::exception_ptr exception;
    };

    std::shared_ptr<Job> job_;
    bool submitted_ = false;
};

}  // namespace yos
