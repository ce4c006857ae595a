#pragma once

// A function as a job of the thread pool, with what it returns or throws; of InThread.

#include "kernel/world/threads.h"
#include "tasks/contract.h"
#include "tasks/coroutine.h"

#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

namespace yos {

template <class Function>
class FunctionJob final : public Threads::Job {
public:
    using Result = std::invoke_result_t<Function&>;

    explicit FunctionJob(Function function) : function_(std::move(function)) {}

    /// On a thread of the pool.
    void run() noexcept override {
        try {
            if constexpr (std::is_void_v<Result>) {
                function_();
            } else {
                result_.put(function_());
            }
        } catch (...) {
            exception_ = std::current_exception();
        }
    }

    /// What the function has returned; throws what it threw, and std::logic_error before it has
    /// finished.
    Result take() {
        check_contract(this->finished,
                       "FunctionJob::take: its function has not finished: wait in `waiters`");
        if (exception_) {
            std::rethrow_exception(exception_);
        }
        return result_.take();
    }

private:
    Function function_;
    ResultSlot<Result> result_;
    std::exception_ptr exception_;
};

}  // namespace yos
