#pragma once

// Several calls that a task waits for at once: what Select is made of, and other calls that wait
// for any of several may be.

#include "kernel/system_call.h"
#include "tasks/branch.h"

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace yos {

template <class... Calls>
class AnyOf {
    template <class T>
    using Alternative = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    using Result = std::variant<Alternative<typename Calls::Result>...>;

    /// Refers to the calls, so none can be a temporary.
    explicit AnyOf(Calls&... calls) : calls_(calls...), traps_{&calls...} {}

    /// What became of the first call that is done, the others being withdrawn; blocked while none
    /// is.
    Outcome handle(Kernel& kernel, Task& self) {
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

    /// The result of the call that is done. In Debug throws std::logic_error when none is.
    Result take_result() {
        check_in_debug(done_ < traps_.size(),
                       "AnyOf::take_result: no call is done: handle() has not completed");
        return take(std::index_sequence_for<Calls...>());
    }

    const Trap& done() const { return *traps_[done_]; }

    /// All of them, as in `Receive(), Sleep(1s)`.
    void print(std::ostream& out) const {
        for (const char* separator = ""; const Trap* trap : traps_) {
            out << std::exchange(separator, ", ");
            print_trap(out, *trap);
        }
    }

    void shorten(std::size_t at_most) noexcept {
        for (Trap* const trap : traps_) {
            trap->shorten(at_most);
        }
    }

private:
    void withdraw_all_but(std::size_t done) {
        done_ = done;
        for (std::size_t i = 0; i < branches_.size() && branches_[i]; ++i) {
            i == done ? branches_[i]->win() : branches_[i]->withdraw();
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

    std::tuple<Calls&...> calls_;
    std::array<Trap*, sizeof...(Calls)> traps_;
    std::array<std::optional<Branch>, sizeof...(Calls)> branches_;
    std::size_t done_ = sizeof...(Calls);
};

}  // namespace yos
