#include "kernel/host/uring/uring_poller.h"

#include "kernel/host/host_call.h"
#include "kernel/host/uring/uring_stream.h"
#include "kernel/limits.h"
#include "tasks/contract.h"

#include <cassert>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yos {
namespace {

/// The host would take a poll of these as well, and then say that they are ready, for ever.
bool can_be_watched(int number) {
    struct stat about {};
    return ::fstat(number, &about) < 0 ||
           !(S_ISREG(about.st_mode) || S_ISDIR(about.st_mode) || S_ISBLK(about.st_mode));
}

}  // namespace

/// A poll operation. It outlives its file until the host has told of its end.
class UringPoller::Watch final : public UringClient {
public:
    /// With no file it only ends a wait.
    Watch(UringPoller& poller, HostFile* file, int number, unsigned events, bool once)
        : poller_(poller), file_(file), number_(number), events_(events), once_(once) {
        arm();
    }

    bool armed() const { return armed_; }
    bool asks_for(unsigned events) const { return once_ && events == events_; }

    void arm() {
        io_uring_sqe* const request = poller_.uring_.entry();
        if (once_) {
            ::io_uring_prep_poll_add(request, number_, events_);
        } else {
            ::io_uring_prep_poll_multishot(request, number_, events_);
        }
        poller_.uring_.address(request, *this, 0);
        armed_ = true;
    }

    /// Nobody wants to know any more.
    void abandon() {
        abandoned_ = true;
        if (armed_) {
            poller_.uring_.cancel(*this, 0);
        } else {
            delete this;
        }
    }

    void completed(unsigned /*operation*/, int result, unsigned flags) override {
        armed_ = (flags & IORING_CQE_F_MORE) != 0;
        if (abandoned_) {
            if (!armed_) {
                delete this;
            }
            return;
        }
        if (!armed_ && !once_ && result >= 0) {
            arm();  // the host was short of room for completions
        }
        if (file_ != nullptr) {
            poller_.report(readiness(result));
        }
    }

private:
    Readiness readiness(int result) const {
        if (result < 0) {
            return {file_, true, true, true};  // whoever tries will be told
        }
        const auto events = static_cast<unsigned>(result);
        const bool over = (events & (POLLERR | POLLHUP | POLLRDHUP)) != 0;
        return {file_,
                over || (events & POLLIN) != 0,
                (events & (POLLOUT | POLLERR | POLLHUP)) != 0,
                over || (events & POLLPRI) != 0};
    }

    UringPoller& poller_;
    HostFile* file_;
    int number_;
    unsigned events_;
    bool once_;
    bool armed_ = false;
    bool abandoned_ = false;
};

UringPoller::UringPoller()
    : wake_up_(checked(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")) {
    ready_.reserve(limits::poll_batch);
    watches_[nullptr] = new Watch(*this, nullptr, wake_up_.number(), POLLIN, false);
}

UringPoller::~UringPoller() {
    assert(watches_.size() <= 1 && "a Descriptor must be gone before its kernel is");
    if (uring_.belongs_here()) {
        for (const auto& [file, watch] : watches_) {
            watch->abandon();
        }
        drain();
        return;
    }
    uring_.tell(limits::uring_completions);  // of more we cannot ask the host from another thread
    for (const auto& [file, watch] : watches_) {
        delete watch;
    }
}

bool UringPoller::watch(HostFile& file) {
    return start(file, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, false);
}

bool UringPoller::watch_once(HostFile& file, bool to_read, bool to_write) {
    const unsigned events =
        (to_read ? unsigned{POLLIN | POLLRDHUP} : 0U) | (to_write ? unsigned{POLLOUT} : 0U);
    return start(file, events, true);
}

bool UringPoller::start(HostFile& file, unsigned events, bool once) {
    if (!can_be_watched(file.number())) {
        return false;
    }
    Watch*& watch = watches_[&file];
    if (watch != nullptr && watch->asks_for(events)) {
        if (!watch->armed()) {
            watch->arm();
        }
        return true;
    }
    if (watch != nullptr) {
        watch->abandon();
    }
    watch = new Watch(*this, &file, file.number(), events, once);
    return true;
}

/// At once, because the host keeps a file open while it is polled: a listener would go on to hold
/// its port.
void UringPoller::forget(HostFile& file) noexcept {
    if (watches_.contains(&file)) {
        end(&file);
        uring_.submit();
    }
}

void UringPoller::end(HostFile* file) {
    const auto entry = watches_.find(file);
    entry->second->abandon();
    watches_.erase(entry);
}

std::shared_ptr<HostFile> UringPoller::connection(HostDescriptor socket,
                                                  StreamKind /*kind*/,
                                                  std::string description) {
    return UringStream::make(*this, std::move(socket), std::move(description));
}

void UringPoller::submit() {
    if (has_unsubmitted()) {
        uring_.submit();
    }
}

void UringPoller::check_thread() const {
    check_contract(
        uring_.belongs_here(),
        "a kernel that uses io_uring is run on one thread only, that which ran it first");
}

std::span<Readiness> UringPoller::wait(std::optional<Duration> limit) {
    ready_.clear();
    uring_.wait(limit);
    uring_.tell(limits::poll_batch);
    return ready_;
}

void UringPoller::interrupt() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_up_.number(), &one, sizeof one);
}

/// Until nothing is under way: streams that were closed send what was written to them, but for ever
/// they need not wait for a peer that does not read.
void UringPoller::drain() {
    using HostClock = std::chrono::steady_clock;
    const HostClock::time_point end = HostClock::now() + limits::linger_at_end;
    while (uring_.under_way() > 0) {
        std::optional<Duration> left = end - HostClock::now();
        if (*left <= Duration::zero()) {
            uring_.cancel_all();
            left.reset();
        }
        wait(left);
    }
}

std::unique_ptr<HostPoller> make_uring_poller() {
    return std::make_unique<UringPoller>();
}

}  // namespace yos
