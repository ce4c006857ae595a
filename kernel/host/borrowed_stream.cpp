#include "kernel/host/borrowed_stream.h"

#include "kernel/host/host_call.h"
#include "kernel/limits.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
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

BorrowedStream::BorrowedStream(HostPoller& poller,
                               int number,
                               std::string description,
                               bool patient,
                               std::shared_ptr<Foreground> terminal)
    : BorrowedStream(poller,
                     number,
                     reopen_terminal(number),
                     std::move(description),
                     patient,
                     std::move(terminal)) {}

BorrowedStream::BorrowedStream(HostPoller& poller,
                               int number,
                               HostDescriptor reopened,
                               std::string description,
                               bool patient,
                               std::shared_ptr<Foreground> terminal)
    : HostFile(reopened.number() >= 0 ? reopened.number() : number,
               std::move(description),
               WaitQueue::Waker::outside),
      poller_(poller),
      reopened_(std::move(reopened)),
      patient_(patient),
      terminal_(std::move(terminal)) {}

BorrowedStream::~BorrowedStream() {
    poller_.forget(*this);
}

std::shared_ptr<Foreground> BorrowedStream::foreground() {
    return ::isatty(number()) != 0 ? terminal_ : nullptr;
}

// ---- Reading and writing ----

IoResult BorrowedStream::read(std::span<char> buffer) {
    if (!never_blocks() && !can_read()) {
        ask_for_input();
        return IoResult::would_block();
    }
    readable_ = false;
    const IoResult result =
        result_of_host(retried([&] { return ::read(number(), buffer.data(), buffer.size()); }));
    if (result.must_wait()) {
        ask_for_input();
    }
    return result;
}

IoResult BorrowedStream::write(std::span<const char> bytes) {
    if (!patient_ && !never_blocks()) {
        if (!can_write()) {
            ask_for_room();
            return IoResult::would_block();
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
            ask_for_room();
            return result;
        }
        pollfd asked{number(), POLLOUT, 0};
        ::poll(&asked, 1, -1);
    }
}

// ---- Waiting ----

bool BorrowedStream::can_read() {
    return never_blocks() ? readable_ : is_ready_for(POLLIN);
}

bool BorrowedStream::can_write() {
    return is_ready_for(POLLOUT);
}

bool BorrowedStream::ask_for_input() {
    return watch(true, false);
}

bool BorrowedStream::ask_for_room() {
    return watch(false, true);
}

/// Asks the host. A poll that fails is answered with yes: then a try tells why.
bool BorrowedStream::is_ready_for(short events) const {
    pollfd asked{number(), events, 0};
    return retried([&] { return ::poll(&asked, 1, 0); }) != 0;
}

/// The poller knows only what it was asked for last, so those who wait already are asked for again.
bool BorrowedStream::watch(bool to_read, bool to_write) {
    return poller_.watch_once(*this, to_read || !readers.empty(), to_write || !writers.empty());
}

void BorrowedStream::became(const Readiness& ready) {
    if (ready.readable) {
        readable_ = true;
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

}  // namespace yos
