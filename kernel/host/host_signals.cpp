#include "kernel/host/host_signals.h"

#include "kernel/host/terminal_rescue.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace yos {
namespace {

// What a handler may touch. The host calls it with a number and nothing else, so it can find its
// kernel only by a global variable: one slot for each signal.
struct Slot {
    std::atomic<Poller*> poller{nullptr};
    std::atomic<bool> pending{false};
};
constinit std::array<Slot, 65> slots{};

extern "C" void note_signal(int signal) {
    const int saved_errno = errno;
    Slot& slot = slots[static_cast<std::size_t>(signal)];
    if (slot.pending.exchange(true) && (signal == SIGINT || signal == SIGTERM)) {
        restore_terminal();
        ::signal(signal, SIG_DFL);
        ::raise(signal);
    }
    if (Poller* poller = slot.poller.load()) {
        poller->interrupt();
    }
    errno = saved_errno;
}

}  // namespace

HostSignals::~HostSignals() {
    for (const int signal : claimed_) {
        ::signal(signal, SIG_DFL);
        Slot& slot = slots[static_cast<std::size_t>(signal)];
        slot.poller.store(nullptr);
        slot.pending.store(false);
    }
}

void HostSignals::claim(int signal) {
    if (claimed_.contains(signal)) {
        return;
    }
    if (signal < 1 || static_cast<std::size_t>(signal) >= slots.size()) {
        throw std::system_error(EINVAL, std::generic_category(), "no such signal");
    }
    Poller* nobody = nullptr;
    Slot& slot = slots[static_cast<std::size_t>(signal)];
    if (!slot.poller.compare_exchange_strong(nobody, &poller_)) {
        throw std::system_error(
            EBUSY, std::generic_category(), "another kernel in this process takes this signal");
    }
    struct sigaction action {};
    action.sa_handler = note_signal;
    if (::sigaction(signal, &action, nullptr) < 0) {
        slot.poller.store(nullptr);
        throw std::system_error(errno, std::generic_category(), "this signal cannot be caught");
    }
    claimed_.insert(signal);
}

bool HostSignals::is_ignored(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

int HostSignals::next() noexcept {
    for (const int signal : claimed_) {
        Slot& slot = slots[static_cast<std::size_t>(signal)];
        if (slot.pending.load(std::memory_order_relaxed) && slot.pending.exchange(false)) {
            return signal;
        }
    }
    return 0;
}

}  // namespace yos
