// How a stream comes and goes, and how it receives; uring_stream_send.cpp has how it sends.

#include "kernel/host/uring/uring_stream.h"

#include "kernel/host/uring/uring_poller.h"
#include "kernel/limits.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace yos {
namespace {

constexpr std::uint8_t small_pieces_to_go_on = 4;  // in a row, before the host receives by itself

}  // namespace

/// The last owner closes it. It goes when the host has nothing more to do for it.
std::shared_ptr<UringStream> UringStream::make(UringPoller& poller,
                                               HostDescriptor socket,
                                               std::string description) {
    return {new UringStream(poller, std::move(socket), std::move(description)),
            [](UringStream* stream) { stream->close(); }};
}

/// With a non-blocking socket the host would give up rather than wait.
UringStream::UringStream(UringPoller& poller, HostDescriptor socket, std::string description)
    : HostFile(socket.number(), std::move(description), WaitQueue::Waker::outside),
      poller_(poller),
      socket_(std::move(socket)) {
    ::fcntl(number(), F_SETFL, 0);
}

void UringStream::close() {
    readers.fail_all(std::errc::bad_file_descriptor);
    writers.fail_all(std::errc::bad_file_descriptor);
    closed_ = true;
    for (const Operation operation : {receiving, connecting}) {
        if (under_way(operation)) {
            poller_.uring().cancel(*this, operation);
        }
    }
    if (!under_way(receiving) || buffer_ != none) {  // else the host may be writing into own_
        let_go_of_buffer();
    }
    if (under_way(sending)) {  // as long as the peer goes on reading
        const unsigned most = limits::linger_ms;
        ::setsockopt(number(), IPPROTO_TCP, TCP_USER_TIMEOUT, &most, sizeof most);
    }
    settle();
}

void UringStream::settle() {
    if (closed_ && under_way_ == 0) {
        delete this;
    }
}

void UringStream::ask(io_uring_sqe* request, Operation operation) {
    poller_.uring().address(request, *this, operation);
    under_way_ |= 1U << operation;
}

void UringStream::completed(unsigned operation, int result, unsigned flags) {
    if ((flags & IORING_CQE_F_MORE) == 0) {
        under_way_ &= ~(1U << operation);
    }
    switch (operation) {
        case receiving:
            received(result, flags);
            break;
        case sending:
            sent(result);
            break;
        default:
            if (!closed_) {
                poller_.report({this, false, true, false});
            }
    }
    settle();
}

void UringStream::became(const Readiness& ready) {
    if (ready.readable) {
        readers.wake_in_turn();
    }
    if (ready.writable) {
        writers.wake_in_turn();
    }
}

// ---- Connecting ----

IoResult UringStream::connected() {
    pollfd asked{number(), POLLOUT, 0};
    if (!under_way(connecting) && ::poll(&asked, 1, 0) == 0) {
        io_uring_sqe* const request = poller_.uring().entry();
        ::io_uring_prep_poll_add(request, number(), POLLOUT);
        ask(request, connecting);
    }
    return under_way(connecting) ? IoResult::would_block() : connect_result();
}

// ---- Receiving ----

IoResult UringStream::read(std::span<char> buffer) {
    if (buffer.empty()) {
        return {};
    }
    if (!can_read()) {
        ask_for_input();
        return IoResult::would_block();
    }
    if (more_ && unread_.empty()) {
        return take_at_once(buffer);
    }
    if (!unread_.empty()) {
        const std::size_t taken = std::min(buffer.size(), unread_.size());
        std::memcpy(buffer.data(), unread_.data(), taken);
        unread_ = unread_.subspan(taken);
        if (unread_.empty()) {
            let_go_of_buffer();
        }
        return {taken};
    }
    for (std::errc* const error : {&receive_error_, &send_error_}) {
        if (*error != std::errc{} && *error != std::errc::broken_pipe) {
            return IoResult::failed(std::exchange(*error, std::errc{}));
        }
    }
    return {};
}

/// The host has more than fitted into a buffer: in bulk, bytes are better not moved twice.
IoResult UringStream::take_at_once(std::span<char> buffer) {
    const ssize_t got = ::recv(number(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    more_ = got == static_cast<ssize_t>(buffer.size());
    if (got > 0) {
        return {static_cast<std::size_t>(got)};
    }
    if (got < 0 && to_be_repeated(-errno)) {
        receive();
        return IoResult::would_block();
    }
    end_receiving(got < 0 ? -errno : 0);
    return read(buffer);
}

/// What the host says of a socket that does not listen.
IoResult UringStream::accept(std::shared_ptr<File>& /*connection*/) {
    return IoResult::failed(std::errc::invalid_argument);
}

bool UringStream::ask_for_input() {
    if (!under_way(receiving)) {
        receive();
    }
    return true;
}

/// Has the host receive into whichever of the poller's shared buffers is free when bytes come; or,
/// after these were used up (receive_again() has made own_ then), into memory of the stream's own.
/// To go on by itself after a small piece saves the host a tenth of its work; in bulk it would
/// receive too much ahead.
void UringStream::receive() {
    io_uring_sqe* const request = poller_.uring().entry();
    goes_on_ = small_pieces_ >= small_pieces_to_go_on && own_.empty() && poller_.can_go_on();
    if (goes_on_) {
        ::io_uring_prep_recv_multishot(request, number(), nullptr, 0, 0);
    } else {
        ::io_uring_prep_recv(request, number(), own_.data(), own_.size(), 0);
    }
    if (own_.empty()) {
        request->flags |= IOSQE_BUFFER_SELECT;
        request->buf_group = ReceiveBuffers::group;
    }
    request->ioprio |= IORING_RECVSEND_POLL_FIRST;  // a try at once would be in vain
    ask(request, receiving);
}

void UringStream::received(int result, unsigned flags) {
    const bool in_buffer = (flags & IORING_CQE_F_BUFFER) != 0;
    const unsigned buffer = flags >> IORING_CQE_BUFFER_SHIFT;
    if (in_buffer && (closed_ || result <= 0)) {
        poller_.buffers().give_back(buffer);
    }
    if (closed_) {
        return let_go_of_buffer();
    }
    if (result == -EINVAL && goes_on_) {
        poller_.cannot_go_on();
        return receive_again(result);
    }
    if (result == -ENOBUFS || result == -ECANCELED || to_be_repeated(result)) {
        return receive_again(result);
    }
    if (result > 0) {
        const auto size = static_cast<std::size_t>(result);
        if (in_buffer) {
            keep(buffer, size);
        } else {
            unread_ = {own_.data(), size};
        }
        const bool has_more = (flags & IORING_CQE_F_SOCK_NONEMPTY) != 0;
        more_ = has_more && !under_way(receiving);  // what goes on brings it by itself
        count_piece(size, has_more);
    } else {
        if (unread_.empty()) {
            let_go_of_buffer();
        }
        end_receiving(result);
    }
    poller_.report({this, true, false, false});
}

/// The host has stopped receiving, and not because the stream has ended. It is asked again for
/// those who wait; when nobody does, whoever comes next will ask.
void UringStream::receive_again(int result) {
    if (!unread_.empty()) {
        return;
    }
    let_go_of_buffer();
    if (!readers.empty()) {
        if (result == -ENOBUFS) {
            own_.make(limits::own_receive_buffer);
        }
        receive();
    }
}

/// Decides whether the host may go on to receive by itself: only as long as the pieces are small,
/// and less than a buffer's worth of them was copied because nobody has read it.
void UringStream::count_piece(std::size_t size, bool has_more) {
    if (size < limits::receive_buffer && own_.size() < limits::receive_buffer) {
        if (has_more) {
            small_pieces_ = 0;
        } else if (small_pieces_ < small_pieces_to_go_on) {
            ++small_pieces_;
        }
        return;
    }
    small_pieces_ = 0;
    if (under_way(receiving) && std::exchange(goes_on_, false)) {
        poller_.uring().cancel(*this, receiving);
    }
}

void UringStream::end_receiving(int result) {
    ended_ = true;
    if (result < 0) {
        receive_error_ = static_cast<std::errc>(-result);
        break_off(std::errc::broken_pipe);
    }
}

/// Keeps what was received for the next read. While a task waits for it, that is at hand, and the
/// bytes stay in the poller's buffer. When nobody does, or there is more to be read before, it may
/// take long: the bytes are copied, and the poller has its buffer back.
void UringStream::keep(unsigned buffer, std::size_t size) {
    const std::span<const char> bytes = poller_.buffers().bytes(buffer, size);
    if (unread_.empty() && !readers.empty()) {
        buffer_ = static_cast<int>(buffer);
        unread_ = bytes;
        return;
    }
    if (buffer_ != none) {
        own_.append(unread_);
        poller_.buffers().give_back(static_cast<unsigned>(std::exchange(buffer_, none)));
    }
    const std::size_t unread = unread_.size() + size;
    own_.append(bytes);
    poller_.buffers().give_back(buffer);
    unread_ = {own_.data() + own_.size() - unread, unread};
}

void UringStream::let_go_of_buffer() {
    unread_ = {};
    if (buffer_ != none) {
        poller_.buffers().give_back(static_cast<unsigned>(std::exchange(buffer_, none)));
    } else {
        own_ = {};
    }
}

}  // namespace yos
