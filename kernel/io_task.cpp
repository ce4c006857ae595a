// The I/O task (pyos7): an ordinary task that lets the world outside in. It runs when no other task
// is ready, and then waits in the host's poll until something happens or the next timer is due; and
// every so often while others are ready, and then only has a look.

#include "kernel/kernel.h"
#include "kernel/system_call.h"

#include <algorithm>
#include <utility>

namespace yos {
namespace {

/// Files of which something is to be told, for the oracle.
class Events final : public Candidates {
public:
    explicit Events(std::span<const Readiness> events)
        : Candidates(events.size()), events_(events) {}
    const File* file(std::size_t candidate) const override { return events_[candidate].file; }

private:
    const std::span<const Readiness> events_;
};

/// Waits until the dispatch loop finds that it is time to look outside, and completes this itself.
class AwaitEvents : public SystemCall<> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::blocked; }
};

}  // namespace

Coroutine<> Kernel::io_task(Kernel& kernel) {
    for (;;) {
        co_yield AwaitEvents{};
        try {
            kernel.take_in_events();
        } catch (...) {
            kernel.broken_world_ = std::current_exception();  // run() throws it
            kernel.stop();
        }
    }
}

/// How long to wait for something to come in. Where many timers come one soon after another, each
/// would be a sleep of the host's, which costs more than what it wakes: so they are left to gather
/// for a moment.
Patience Kernel::patience() {
    const bool ask = outside_waiters_ > 0 || world_.poller->has_unsubmitted();
    if (!nobody_ready() || stopping_ || pausing_) {
        return {.ask = ask, .until = Time::min()};
    }
    const std::optional<Time> next = timers_.next();
    if (!next) {
        return {};
    }
    if (!world_.clock.is_virtual()) {
        return {.ask = ask, .until = next, .at_least = shortest_wait_};
    }
    if (world_.busy() && *next > now()) {
        return {};  // time stands still until a thread has done its work
    }
    return {.ask = ask, .until = Time::min()};
}

void Kernel::take_in_events() {
    Arrivals& arrived = world_.take_in(patience());
    for (const int signal : arrived.signals) {
        jobs_.signal(signal, *world_.terminal);
    }
    const std::span<Readiness> events = arrived.ready;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Events left(events.subspan(i));
        std::swap(events[i], events[i + choose(Choice::event_order, left)]);
        events[i].file->became(events[i]);
    }
    for (const std::shared_ptr<Threads::Job>& job : std::exchange(arrived.jobs, {})) {
        job->finished = true;
        job->waiters.wake_in_turn();
    }
    Time looked = arrived.now;
    const std::size_t expired = timers_.expire_until(looked);
    while (nobody_ready() && world_.clock.is_virtual() && !timers_.empty() && !world_.busy() &&
           !pausing_) {
        looked = *timers_.next();
        world_.clock.jump_to(looked);
        timers_.expire_until(looked);
    }
    shortest_wait_ = expired >= limits::timer_crowd ? limits::timer_crowd_wait : Duration::zero();
    tasks_.set_time(looked);
}

}  // namespace yos
