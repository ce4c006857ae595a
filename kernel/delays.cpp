#include "kernel/delays.h"

#include "kernel/kernel.h"

namespace yos {

void Delays::add(Tid task, Time until, std::errc error) {
    const auto [added, is_new] = delays_.try_emplace(task, *this, task, error);
    kernel_.timers().set(added->second, until);
}

void Delays::end(const Delay& delay) {
    Upcalls& upcalls = kernel_;
    Task& task = *kernel_.find_alive(delay.task);  // or else it would have been removed
    const std::errc error = delay.error;
    delays_.erase(delay.task);
    if (error == std::errc{}) {
        upcalls.wake(task);
    } else {
        upcalls.fail(task, error);
    }
}

}  // namespace yos
