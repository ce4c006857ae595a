#include "kernel/host/host_call.h"
#include "kernel/host/host_file.h"
#include "kernel/host/host_poller.h"
#include "kernel/limits.h"

#include <array>
#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace yos {
namespace {

class EpollPoller final : public HostPoller {
public:
    EpollPoller() {
        epoll_event event{};
        event.events = EPOLLIN | EPOLLET;  // edge-triggered: never read, it wakes at each write
        checked(::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, wake_up_.number(), &event),
                "epoll_ctl");
    }

    bool watch(HostFile& file) override {
        return add(file, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET);
    }

    bool watch_once(HostFile& file, bool to_read, bool to_write) override {
        const unsigned events = (to_read ? EPOLLIN | EPOLLRDHUP : 0U) |
                                (to_write ? unsigned{EPOLLOUT} : 0U) | EPOLLONESHOT;
        epoll_event event{};
        event.events = events;
        event.data.ptr = &file;
        return ::epoll_ctl(epoll_.number(), EPOLL_CTL_MOD, file.number(), &event) == 0 ||
               add(file, events);
    }

    void forget(HostFile& file) noexcept override {
        ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, file.number(), nullptr);
    }

    std::span<Readiness> wait(std::optional<Duration> limit) override {
        const int count = wait_for_events(limit);
        std::size_t filled = 0;
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events_[static_cast<std::size_t>(i)];
            if (event.data.ptr == nullptr) {
                continue;  // a wake-up
            }
            const bool over = (event.events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0;
            ready_[filled++] = {static_cast<HostFile*>(event.data.ptr),
                                over || (event.events & EPOLLIN) != 0,
                                (event.events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0,
                                over || (event.events & EPOLLPRI) != 0};
        }
        return {ready_.data(), filled};
    }

    void interrupt() noexcept override {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(wake_up_.number(), &one, sizeof one);
    }

private:
    bool add(HostFile& file, unsigned events) {
        epoll_event event{};
        event.events = events;
        event.data.ptr = &file;
        if (::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, file.number(), &event) == 0) {
            return true;
        }
        if (errno == EPERM) {
            return false;  // regular files and a few devices cannot be polled
        }
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    }

    int wait_for_events(std::optional<Duration> limit) {
        timespec timeout{};
        if (limit) {
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*limit);
            timeout.tv_sec = seconds.count();
            timeout.tv_nsec = (*limit - seconds).count();
        }
        const int room = static_cast<int>(events_.size());
        const timespec* const patience = limit ? &timeout : nullptr;
        int count = -1;
        if (has_pwait2_) {
            count = ::epoll_pwait2(epoll_.number(), events_.data(), room, patience, nullptr);
            has_pwait2_ = count >= 0 || errno != ENOSYS;
        }
        if (!has_pwait2_) {  // before Linux 5.11: wait for the epoll itself, as for any descriptor
            pollfd epoll{epoll_.number(), POLLIN, 0};
            ::ppoll(&epoll, 1, patience, nullptr);
            count = ::epoll_wait(epoll_.number(), events_.data(), room, 0);
        }
        return count < 0 && errno == EINTR ? 0 : checked(count, "epoll_pwait2");
    }

    HostDescriptor epoll_{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")};
    HostDescriptor wake_up_{checked(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")};
    bool has_pwait2_ = true;
    std::array<epoll_event, limits::poll_batch> events_;
    std::array<Readiness, limits::poll_batch> ready_;
};

}  // namespace

std::unique_ptr<HostPoller> make_epoll_poller() {
    return std::make_unique<EpollPoller>();
}

}  // namespace yos
