#include "kernel/host/host_poller.h"

#include "kernel/host/host_stream.h"
#include "kernel/log/kernel_log.h"

#include <stdexcept>
#include <system_error>

namespace yos {

std::shared_ptr<HostFile> HostPoller::connection(HostDescriptor socket,
                                                 StreamKind kind,
                                                 std::string description) {
    return std::make_shared<HostStream>(*this, std::move(socket), kind, std::move(description));
}

IoBackend parse_io_backend(std::string_view name) {
    if (name == "auto") {
        return IoBackend::automatic;
    }
    if (name == "epoll") {
        return IoBackend::epoll;
    }
    if (name == "uring") {
        return IoBackend::uring;
    }
    throw std::invalid_argument("no backend \"" + std::string(name) +
                                "\": it is one of auto, epoll, uring");
}

std::unique_ptr<HostPoller> make_poller(IoBackend backend, KernelLog& log) {
    if (backend == IoBackend::epoll) {
        return make_epoll_poller();
    }
    try {
        return make_uring_poller();
    } catch (const std::system_error& refusal) {
        if (backend == IoBackend::uring) {
            throw std::system_error(refusal.code(), "the host offers no usable io_uring");
        }
        log.info(std::string("epoll, because the host offers no usable io_uring: ") +
                 refusal.code().message());
        return make_epoll_poller();
    }
}

}  // namespace yos
