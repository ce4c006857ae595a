#pragma once

// Who observes a kernel. An event is told to each, in the order they were attached.

#include "kernel/doors/observer.h"

#include <cstddef>
#include <exception>
#include <vector>

namespace yos {

class KernelLog;

class Observers {
public:
    explicit Observers(KernelLog& log) : log_(log) {}
    Observers(const Observers&) = delete;
    Observers& operator=(const Observers&) = delete;

    /// An observer may attach and detach others, and itself, while it is told of an event.
    void attach(Observer& observer);
    void detach(Observer& observer) noexcept;

    /// Are there any?
    bool any() const { return any_; }

    /// Null: detached in the midst of an event.
    const std::vector<Observer*>& all() const { return observers_; }

    /// Tells each of an event, as in tell(&Observer::resumed, task). One that throws is detached.
    template <class... Parameters, class... Arguments>
    void tell(void (Observer::*event)(Parameters...), const Arguments&... arguments) noexcept {
        if (any()) [[unlikely]] {
            tell_all<Parameters...>(event, arguments...);
        }
    }

private:
    /// Out of line, or else the dispatch loop would be made of it.
    template <class... Parameters>
    [[gnu::noinline]] void tell_all(void (Observer::*event)(Parameters...),
                                    Parameters... arguments) noexcept {
        ++telling_;
        for (std::size_t i = 0; i < observers_.size(); ++i) {
            Observer* const observer = observers_[i];
            try {
                if (observer != nullptr) {
                    (observer->*event)(arguments...);
                }
            } catch (const std::exception& failure) {
                drop(*observer, failure.what());
            } catch (...) {
                drop(*observer, "not a std::exception");
            }
        }
        if (--telling_ == 0) {
            forget_detached();
        }
    }
    void forget_detached() noexcept;
    void drop(Observer& observer, const char* why) noexcept;

    KernelLog& log_;
    std::vector<Observer*> observers_;
    int telling_ = 0;  // events under way, one inside the other
    bool any_ = false;
};

}  // namespace yos
