#pragma once

#include "kernel/any_of.h"
#include "kernel/system_call.h"

#include <concepts>
#include <type_traits>

namespace yos {

/// Waits for several calls at once, whichever is done first:
///
///     const auto done = co_yield Select{Receive{orders}, ReadWait{fd}, Sleep{1s}};
///     if (done.index() == 2) { ... }  // nothing has come within a second
///
/// Evaluates to a std::variant of their results, std::monostate for a call without one. Blocks
/// until one is done, and is woken as that one is. If several are done, the first of them counts.
/// The others are withdrawn as if they had been cancelled: they have taken nothing. A call that
/// fails is done, too. Fails as that one does. (select of BSD, and of Go)
template <class... Calls>
class Select : public AnySystemCall {
    static_assert((std::derived_from<Calls, Trap> && ...),
                  "Select waits for system calls: write Select{Receive{channel}, Sleep{1s}}");
    static_assert((!requires { typename Calls::IsSelect; } && ...),
                  "a Select is no call of another Select: name all the calls in one");
    static_assert((!requires { typename Calls::IsTried; } && ...),
                  "a Tried is no call of a Select: write Tried{Select{...}}");

public:
    using IsSelect = std::true_type;
    using Result = typename AnyOf<Calls...>::Result;

    // The calls are temporaries of the expression that yields this one, so they live as long.
    explicit Select(Calls&&... calls) : any_(calls...) {}

    Outcome handle(Kernel& kernel, Task& self) override { return any_.handle(kernel, self); }
    Result take_result() { return any_.take_result(); }

    void print_arguments(std::ostream& out) const override { any_.print(out); }
    void print_result(std::ostream& out) const override {
        print_trap(out, any_.done());
        out << " = ";
        any_.done().print_result(out);
    }

    void shorten(std::size_t at_most) noexcept override { any_.shorten(at_most); }

private:
    AnyOf<Calls...> any_;
};

}  // namespace yos
