#pragma once

#include "kernel/system_call.h"
#include "tasks/future.h"

namespace yos {

/// Waits for the result of a future:
///
///     const std::string page = co_yield WaitFuture{future};
///
/// Evaluates to a copy of it. Blocks until it is set; woken by set_result and set_exception,
/// together with all who wait. Throws what was set as an exception.
template <class T>
class WaitFuture : public SystemCall<T> {
public:
    explicit WaitFuture(Future<T> future) : future_(std::move(future)) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        if (!future_.done()) {
            return this->block_on(self, future_.waiters());
        }
        if constexpr (std::is_void_v<T>) {
            future_.result();
            return this->complete();
        } else {
            return this->complete(future_.result());
        }
    }

private:
    Future<T> future_;
};

}  // namespace yos
