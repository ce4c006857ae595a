// The I/O task (pyos7): an ordinary task that lets the world outside in. It runs when no other task
// is ready, and then waits in the host's poll until something happens or the next timer is due; and
// every so often while others are ready, and then only has a look.

#include "kernel/host/host_file.h"
#include "kernel/kernel.h"
#include "kernel/system_call.h"

#include <algorithm>

namespace yos {
namespace {

/// Waits until the dispatch loop finds that it is time to look outside, and completes this itself.
class AwaitEvents : public SystemCall<> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::blocked; }
};

}  // namespace

Coroutine<> Kernel::io_task(Kernel& kernel) {
    for (;;) {
        co_yield AwaitEvents{};
        kernel.take_in_events();
    }
}

void Kernel::take_in_events() {
    deliver_signals();
    Time looked = now();
    std::size_t expired = timers_.expire_until(looked);
    if (outside_waiters_ > 0 || ready_.empty() || world_.poller->has_unsubmitted()) {
        const std::span<Readiness> events = world_.poller->wait(time_to_wait(looked));
        for (std::size_t i = 0; i < events.size(); ++i) {
            std::swap(events[i], events[i + choose(Choice::poll_order, events.size() - i)]);
            events[i].file->became(events[i]);
        }
        world_.threads.collect();
        deliver_signals();
        looked = now();
        expired += timers_.expire_until(looked);
    }
    while (ready_.empty() && clock_.is_virtual() && !timers_.empty() && !world_.threads.busy() &&
           !pausing_) {
        looked = *timers_.next();
        clock_.jump_to(looked);
        timers_.expire_until(looked);
    }
    shortest_wait_ = expired >= limits::timer_crowd ? limits::timer_crowd_wait : Duration::zero();
    tasks_.set_time(looked);
}

/// How long the host's poll may sleep; for ever when there is no value. Where many timers come one
/// soon after another, each would be a sleep of the host's, which costs more than what it wakes: so
/// they are left to gather for a moment.
std::optional<Duration> Kernel::time_to_wait(Time now) {
    if (!ready_.empty() || stopping_ || pausing_) {
        return Duration::zero();
    }
    const std::optional<Time> next = timers_.next();
    if (!next || (clock_.is_virtual() && world_.threads.busy())) {
        return std::nullopt;
    }
    return clock_.is_virtual() ? Duration::zero() : std::max(*next - now, shortest_wait_);
}

void Kernel::deliver_signals() {
    while (const int signal = world_.signals.next()) {
        jobs_.signal(signal, *world_.terminal);
    }
}

}  // namespace yos
