#include "kernel/host/host_stream.h"

#include "kernel/host/host_call.h"
#include "tasks/contract.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yos {

HostStream::HostStream(HostPoller& poller,
                       HostDescriptor descriptor,
                       Kind kind,
                       std::string description)
    : HostFile(descriptor.number(), std::move(description), WaitQueue::Waker::outside),
      poller_(poller),
      descriptor_(std::move(descriptor)),
      kind_(kind) {
    check_in_debug(!checked_in_debug || (::fcntl(number(), F_GETFL) & O_NONBLOCK) != 0, [&] {
        return "HostStream(" + describe() +
               "): it would block the kernel: open its descriptor with O_NONBLOCK";
    });
}

HostStream::~HostStream() {
    if (watched_) {
        poller_.forget(*this);
    }
}

IoResult HostStream::read(std::span<char> buffer) {
    if (!may_read_) {
        return IoResult::would_block();
    }
    readable_ = false;
    const ssize_t got = retried([&] {
        return kind_ == Kind::plain ? ::read(number(), buffer.data(), buffer.size())
                                    : ::recv(number(), buffer.data(), buffer.size(), 0);
    });
    if (got < 0) {
        return would_block(errno) ? wait_for(may_read_) : failure_of_host();
    }
    // TCP alone is a stream of bytes; others stop at records, such as a terminal at its lines.
    const bool short_read = got > 0 && static_cast<std::size_t>(got) < buffer.size();
    if (short_read && kind_ == Kind::tcp_socket && watched_ && !drain_) {
        may_read_ = false;  // all is read, or more would have come: the next bytes make an edge
    }
    return {static_cast<std::size_t>(got)};
}

IoResult HostStream::write(std::span<const char> bytes) {
    if (!may_write_) {
        return IoResult::would_block();
    }
    const ssize_t put = retried([&] {
        return kind_ == Kind::plain ? ::write(number(), bytes.data(), bytes.size())
                                    : ::send(number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    });
    if (put < 0) {
        return would_block(errno) ? wait_for(may_write_) : failure_of_host();
    }
    return {static_cast<std::size_t>(put)};
}

IoResult HostStream::accept(std::shared_ptr<File>& connection) {
    if (!may_read_) {
        return IoResult::would_block();
    }
    readable_ = false;
    const int accepted = retried(
        [&] { return ::accept4(number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); });
    if (accepted < 0) {
        return would_block(errno) ? wait_for(may_read_) : failure_of_host();
    }
    connection = poller_.connection(HostDescriptor(accepted), kind_, "connection to " + describe());
    return {};
}

bool HostStream::can_read() {
    return may_read_ && (readable_ || is_ready_for(POLLIN));
}

bool HostStream::can_write() {
    return may_write_ && is_ready_for(POLLOUT);
}

bool HostStream::ask_for_input() {
    return wait_for(may_read_).must_wait();
}

bool HostStream::ask_for_room() {
    return wait_for(may_write_).must_wait();
}

IoResult HostStream::shutdown_writing() {
    return ::shutdown(number(), SHUT_WR) == 0 ? IoResult{} : failure_of_host();
}

void HostStream::became(const Readiness& ready) {
    drain_ = drain_ || ready.drain;
    if (ready.readable) {
        may_read_ = readable_ = true;
        readers.wake_in_turn();
    }
    if (ready.writable) {
        may_write_ = true;
        writers.wake_in_turn();
    }
}

IoResult HostStream::connected() {
    return can_write() ? connect_result() : wait_for(may_write_);
}

/// Asks the host. A poll that fails is answered with yes: then a try tells why.
bool HostStream::is_ready_for(short events) const {
    pollfd asked{number(), events, 0};
    return retried([&] { return ::poll(&asked, 1, 0); }) != 0;
}

/// A try came to would-block: from here the poller tells when the next may succeed. Registering
/// reports what has happened since the try, so nothing is missed in between.
IoResult HostStream::wait_for(bool& may_go_on) {
    if (!watched_ && !(watched_ = poller_.watch(*this))) {
        return IoResult::failed(std::errc::operation_not_supported);  // none would ever tell
    }
    may_go_on = false;
    return IoResult::would_block();
}

}  // namespace yos
