#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/answer.h"

#include <concepts>
#include <optional>
#include <system_error>
#include <type_traits>

namespace yos {

/// Makes a call whose failure is an answer like any other:
///
///     const auto file = co_yield Tried{Open{path}};
///     if (!file) {
///         co_await complain(invocation, path, file.error());
///     }
///
/// Evaluates to an Answer: the call's result, or the std::error_code that it failed with. Blocks as
/// the call does. Throws only what is no failure of the call: an interruption, as when it is
/// cancelled or out of time, and what is no std::system_error. Of several calls at once it tries
/// all: Tried{Select{...}}. (answer_of does the same for a subroutine.)
template <class Call>
class Tried : public AnySystemCall {
    static_assert(std::derived_from<Call, Trap>,
                  "Tried tries a system call: write Tried{Open{path}}; for a subroutine it is "
                  "co_await answer_of(subroutine)");

public:
    using IsTried = std::true_type;
    using Result = Answer<typename Call::Result>;

    // The call is a temporary of the expression that yields this one, so it lives as long.
    explicit Tried(Call&& call) : call_(call) {}

    Outcome handle(Kernel& kernel, Task& self) override { return call_.handle(kernel, self); }

    bool take_failure(const std::error_code& why) noexcept override {
        failure_ = why;
        return true;
    }

    Result take_result() {
        if (failure_) {
            return Result(*failure_);
        }
        if constexpr (std::is_void_v<typename Call::Result>) {
            return Result();
        } else {
            return Result(call_.take_result());
        }
    }

    void print_arguments(std::ostream& out) const override { print_trap(out, call_); }
    void print_result(std::ostream& out) const override { call_.print_result(out); }
    void shorten(std::size_t at_most) noexcept override { call_.shorten(at_most); }
    bool interruptible() const override { return call_.interruptible(); }
    std::optional<Tid> waits_for() const override { return call_.waits_for(); }

private:
    Call& call_;
    std::optional<std::error_code> failure_;
};

}  // namespace yos
