#pragma once

#include "kernel/system_call.h"
#include "tasks/branch.h"

#include <tuple>
#include <variant>

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

    template <class T>
    using Alternative = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    using IsSelect = std::true_type;
    using Result = std::variant<Alternative<typename Calls::Result>...>;

    explicit Select(Calls&&... calls) : calls_(calls...) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        for (std::size_t i = 0; i < traps_.size(); ++i) {
            if (!branches_[i]) {
                branches_[i].emplace(self);
            }
            const Outcome outcome = branches_[i]->handle(*traps_[i], kernel);
            if (outcome.kind() != Outcome::Kind::blocked) {
                withdraw_all_but(i);
                return outcome;
            }
        }
        return Outcome::Kind::blocked;
    }

    Result take_result() { return take(std::index_sequence_for<Calls...>()); }

    void print_arguments(std::ostream& out) const override {
        for (const char* separator = ""; const Trap* trap : traps_) {
            out << std::exchange(separator, ", ") << to_string(*trap);
        }
    }
    void print_result(std::ostream& out) const override {
        out << to_string(*traps_[done_]) << " = ";
        traps_[done_]->print_result(out);
    }

private:
    void withdraw_all_but(std::size_t done) {
        done_ = done;
        for (std::size_t i = 0; i < branches_.size() && branches_[i]; ++i) {
            i == done ? branches_[i]->take() : branches_[i]->withdraw();
        }
    }

    template <std::size_t... I>
    Result take(std::index_sequence<I...> /*all*/) {
        std::optional<Result> result;
        ((I == done_ ? take_from<I>(result) : void()), ...);
        return *std::move(result);
    }

    template <std::size_t I>
    void take_from(std::optional<Result>& result) {
        auto& call = std::get<I>(calls_);
        if constexpr (std::is_void_v<decltype(call.take_result())>) {
            call.take_result();
            result.emplace(std::in_place_index<I>);
        } else {
            result.emplace(std::in_place_index<I>, call.take_result());
        }
    }

    // The calls are temporaries of the expression that yields this one, so they live as long.
    std::tuple<Calls&...> calls_;
    std::array<Trap*, sizeof...(Calls)> traps_ = std::apply(
        [](Calls&... calls) { return std::array<Trap*, sizeof...(Calls)>{&calls...}; }, calls_);
    std::array<std::optional<Branch>, sizeof...(Calls)> branches_;
    std::size_t done_ = 0;
};

}  // namespace yos
