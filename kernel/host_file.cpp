#include "kernel/host_file.h"

#include "kernel/limits.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yos {
namespace {

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK;
}

IoResult failure() {
    return IoResult::failed(static_cast<std::errc>(errno));
}

/// Repeats `call` when a signal interrupted it.
template <class Call>
auto retried(Call call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR) {
            return result;
        }
    }
}

/// A terminal says that it has room when it has some, and then blocks who writes more. Opened once
/// more it has a mode of its own, and can be non-blocking. -1 where that cannot be done.
HostDescriptor reopen_terminal(int number) {
    if (::isatty(number) == 0) {
        return HostDescriptor(-1);
    }
    const std::string path = "/proc/self/fd/" + std::to_string(number);
    const int access = ::fcntl(number, F_GETFL) & O_ACCMODE;
    return HostDescriptor(::open(path.c_str(), access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

IoResult result_of(ssize_t bytes) {
    return bytes >= 0 ? IoResult{static_cast<std::size_t>(bytes)} : failure();
}

}  // namespace

HostDescriptor::~HostDescriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

IoResult HostFile::connect_result() const {
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(number(), SOL_SOCKET, SO_ERROR, &error, &size) < 0) {
        return failure();
    }
    return error == 0 ? IoResult{} : IoResult::failed(static_cast<std::errc>(error));
}

std::optional<TerminalSize> HostFile::terminal_size() const {
    winsize size{};
    if (::ioctl(number(), TIOCGWINSZ, &size) < 0 || size.ws_col == 0) {
        return std::nullopt;
    }
    return TerminalSize{.rows = size.ws_row, .columns = size.ws_col};
}

// ---- HostStream ----

HostStream::HostStream(Poller& poller,
                       HostDescriptor descriptor,
                       Kind kind,
                       std::string description)
    : HostFile(descriptor.number(), std::move(description), WaitQueue::Waker::outside),
      poller_(poller),
      descriptor_(std::move(descriptor)),
      kind_(kind) {}

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
        return would_block(errno) ? wait_for(may_read_) : failure();
    }
    // TCP alone is a stream of bytes; others stop at records, such as a terminal at its lines.
    const bool short_read = got > 0 && static_cast<std::size_t>(got) < buffer.size();
    if (short_read && kind_ == Kind::tcp_socket && watched_ && !drain_) {
        may_read_ = false;  // drained: saves the try that would say so; the next edge comes anyway
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
        return would_block(errno) ? wait_for(may_write_) : failure();
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
        return would_block(errno) ? wait_for(may_read_) : failure();
    }
    connection = poller_.connection(HostDescriptor(accepted), kind_, "connection to " + describe());
    return {};
}

IoResult HostStream::poll_readable() {
    if (!may_read_) {
        return IoResult::would_block();
    }
    return readable_ ? IoResult{} : poll_for(POLLIN, may_read_);
}

IoResult HostStream::poll_writable() {
    return !may_write_ ? IoResult::would_block() : poll_for(POLLOUT, may_write_);
}

IoResult HostStream::shutdown_writing() {
    return ::shutdown(number(), SHUT_WR) == 0 ? IoResult{} : failure();
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
    const IoResult ready = poll_writable();
    return ready.ok() ? connect_result() : ready;
}

IoResult HostStream::poll_for(short events, bool& may_go_on) {
    pollfd asked{number(), events, 0};
    const int ready = retried([&] { return ::poll(&asked, 1, 0); });
    return ready > 0 ? IoResult{} : ready == 0 ? wait_for(may_go_on) : failure();
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

// ---- BorrowedStream ----

BorrowedStream::BorrowedStream(Poller& poller, int number, std::string description, bool patient)
    : BorrowedStream(poller, number, reopen_terminal(number), std::move(description), patient) {}

BorrowedStream::BorrowedStream(
    Poller& poller, int number, HostDescriptor reopened, std::string description, bool patient)
    : HostFile(reopened.number() >= 0 ? reopened.number() : number,
               std::move(description),
               WaitQueue::Waker::outside),
      poller_(poller),
      reopened_(std::move(reopened)),
      patient_(patient) {}

BorrowedStream::~BorrowedStream() {
    poller_.forget(*this);
}

IoResult BorrowedStream::read(std::span<char> buffer) {
    if (const IoResult ready = poll_readable(); !ready.ok()) {
        return ready;
    }
    const IoResult result =
        result_of(retried([&] { return ::read(number(), buffer.data(), buffer.size()); }));
    if (result.must_wait()) {  // somebody else was faster
        watch(true, false);
    }
    return result;
}

IoResult BorrowedStream::write(std::span<const char> bytes) {
    if (!patient_) {
        if (const IoResult ready = poll_writable(); !ready.ok()) {
            return ready;
        }
        bytes = bytes.first(std::min(bytes.size(), limits::borrowed_write));
    }
    for (;;) {
        const IoResult result =
            result_of(retried([&] { return ::write(number(), bytes.data(), bytes.size()); }));
        if (!result.must_wait()) {
            return result;
        }
        if (!patient_) {
            watch(false, true);
            return result;
        }
        pollfd asked{number(), POLLOUT, 0};
        ::poll(&asked, 1, -1);
    }
}

void BorrowedStream::became(const Readiness& ready) {
    if (ready.readable) {
        readers.wake_in_turn();
    }
    if (ready.writable) {
        writers.wake_in_turn();
    }
    const bool still_to_read = !ready.readable && !readers.empty();
    const bool still_to_write = !ready.writable && !writers.empty();
    if (still_to_read || still_to_write) {
        poller_.watch_once(*this, still_to_read, still_to_write);
    }
}

IoResult BorrowedStream::poll_readable() {
    const IoResult ready = poll_for(POLLIN);
    return ready.must_wait() && !watch(true, false) ? IoResult{} : ready;
}

IoResult BorrowedStream::poll_writable() {
    const IoResult ready = poll_for(POLLOUT);
    return ready.must_wait() && !watch(false, true) ? IoResult{} : ready;
}

IoResult BorrowedStream::poll_for(short events) {
    pollfd asked{number(), events, 0};
    const int ready = retried([&] { return ::poll(&asked, 1, 0); });
    if (ready < 0) {
        return failure();
    }
    if ((asked.revents & POLLNVAL) != 0) {
        return IoResult::failed(std::errc::bad_file_descriptor);
    }
    return ready > 0 ? IoResult{} : IoResult::would_block();
}

/// The poller knows only what it was asked for last, so those who wait already are asked for again.
bool BorrowedStream::watch(bool to_read, bool to_write) {
    return poller_.watch_once(*this, to_read || !readers.empty(), to_write || !writers.empty());
}

// ---- RegularFile ----

RegularFile::RegularFile(HostDescriptor descriptor, std::string description)
    : HostFile(descriptor.number(), std::move(description), WaitQueue::Waker::task),
      descriptor_(std::move(descriptor)) {}

IoResult RegularFile::read(std::span<char> buffer) {
    return result_of(retried([&] { return ::read(number(), buffer.data(), buffer.size()); }));
}

IoResult RegularFile::write(std::span<const char> bytes) {
    return result_of(retried([&] { return ::write(number(), bytes.data(), bytes.size()); }));
}

std::shared_ptr<File> make_host_file(Poller& poller,
                                     HostDescriptor descriptor,
                                     const std::string& path) {
    struct stat about {};
    if (::fstat(descriptor.number(), &about) < 0) {
        throw std::system_error(errno, std::generic_category(), path);
    }
    if (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode) || S_ISBLK(about.st_mode)) {
        return std::make_shared<RegularFile>(std::move(descriptor), path);
    }
    return std::make_shared<HostStream>(
        poller, std::move(descriptor), HostStream::Kind::plain, path);
}

}  // namespace yos
