#pragma once

// What every system call derives from: a trap with a typed result. A call is one class in one
// header:
//
//     class GetTid : public SystemCall<Tid> {
//     public:
//         Outcome handle(Kernel&, Task& self) override { return complete(self.tid()); }
//     };
//
// handle answers complete(value), fail(errc), or block_on(self, queue): then it is run again each
// time the task is woken, until it completes or fails. A call without a result may also answer
// block_until(kernel, self, alarm, when). What handle throws, the caller gets. A call that carries
// data has an explicit constructor: g++ 12 mishandles aggregates in co_yield.

#include "kernel/kernel.h"
#include "kernel/short_way.h"
#include "kernel/uapi/print_value.h"
#include "tasks/task.h"

#include <concepts>
#include <optional>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace yos {

/// What the calls of every result type have in common: how handle answers.
class AnySystemCall : public Trap {
protected:
    static Outcome fail(std::errc error) { return Outcome(error); }

    static Outcome block_on(Task& self, WaitQueue& queue) {
        queue.join(self.waiter());
        return Outcome::Kind::blocked;
    }
};

template <class T = void>
class SystemCall : public AnySystemCall {
    static_assert(std::is_reference_v<T> || std::move_constructible<T>,
                  "the result of a system call is moved to its caller: give it a move "
                  "constructor, or return a std::unique_ptr to it");

public:
    using Result = T;

    /// What the co_yield evaluates to. In Debug throws std::logic_error when there is nothing.
    T take_result() {
        check_in_debug(result_.filled(), [&] {
            return to_string(*this) +
                   " was completed without a result: answer complete(value), and let complete_all "
                   "complete only calls that have theirs";
        });
        return result_.take();
    }

    void print_result(std::ostream& out) const override {
        if (checked_in_debug && !result_.filled()) {
            out << "no result";
        } else {
            print_value(out, result_.peek());
        }
    }

protected:
    /// Of a call that is completed.
    const auto& result() const { return result_.peek(); }

    template <class U>
    Outcome complete(U&& value) {
        if (Mistakes::looked_for && result_.filled()) {
            throw std::logic_error(to_string(*this) + " was completed twice");
        }
        result_.put(std::forward<U>(value));
        return Outcome::Kind::completed;
    }

private:
    ResultSlot<T> result_;
};

template <>
class SystemCall<void> : public AnySystemCall {
public:
    using Result = void;

    void take_result() {}
    void print_result(std::ostream& out) const override { out << "done"; }

protected:
    static Outcome complete() { return Outcome::Kind::completed; }

    /// Blocks until `when`, and completes then, without running handle again.
    static Outcome block_until(Kernel& kernel, Task& self, Alarm& alarm, Time when) {
        alarm.set(kernel.timers(), self.waiter(), when);
        return Outcome::Kind::blocked;
    }
};

}  // namespace yos
