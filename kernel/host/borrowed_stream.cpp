#include "kernel/host/borrowed_stream.h"

#include "kernel/host/host_call.h"
#include "kernel/host/terminal_rescue.h"
#include "kernel/limits.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace yos {
namespace {

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

}  // namespace

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
    end_keys();
    poller_.forget(*this);
}

IoResult BorrowedStream::want_keys(Tid /*job*/, int change) {
    if (::isatty(number()) == 0) {
        return IoResult::failed(std::errc::inappropriate_io_control_operation);
    }
    want_keys_ += change;
    if (want_keys_ > 0 && !before_keys_) {
        begin_keys();
    } else if (want_keys_ == 0) {
        end_keys();
    }
    return {};
}

/// Signals are still made of Ctrl-C and Ctrl-Z: they are the way out of a kernel that a task has
/// frozen.
void BorrowedStream::begin_keys() {
    termios mode{};
    if (::tcgetattr(number(), &mode) < 0) {
        return;  // it has gone
    }
    before_keys_ = mode;
    rescue_terminal(number(), mode);
    mode.c_lflag &= ~tcflag_t{ICANON | ECHO | IEXTEN};
    mode.c_iflag &= ~tcflag_t{ICRNL};
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    retried([&] { return ::tcsetattr(number(), TCSANOW, &mode); });
}

void BorrowedStream::end_keys() {
    if (before_keys_) {
        retried([&] { return ::tcsetattr(number(), TCSANOW, &*before_keys_); });
        forget_terminal(number());
        before_keys_.reset();
    }
}

IoResult BorrowedStream::read(std::span<char> buffer) {
    if (const IoResult ready = poll_readable(); !ready.ok()) {
        return ready;
    }
    const IoResult result =
        result_of_host(retried([&] { return ::read(number(), buffer.data(), buffer.size()); }));
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
            result_of_host(retried([&] { return ::write(number(), bytes.data(), bytes.size()); }));
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
        return failure_of_host();
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

}  // namespace yos
