// How a stream sends: see uring_stream.cpp for the rest of it.

#include "kernel/host/uring/uring_poller.h"
#include "kernel/host/uring/uring_stream.h"
#include "kernel/limits.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace yos {

IoResult UringStream::write(std::span<const char> bytes) {
    if (!can_write()) {
        return IoResult::would_block();
    }
    if (broken_ || no_more_to_send_) {
        const bool told = send_error_ == std::errc{};
        return IoResult::failed(told ? std::errc::broken_pipe
                                     : std::exchange(send_error_, std::errc{}));
    }
    if (bytes.size() >= limits::bulk && !under_way(sending)) {
        const ssize_t put =
            ::send(number(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put > 0) {
            return {static_cast<std::size_t>(put)};  // not copied: in bulk, that is what counts
        }
        if (!to_be_repeated(-errno)) {
            break_off(static_cast<std::errc>(errno));
            return write(bytes);
        }
    }
    bytes = bytes.first(std::min(bytes.size(), room()));
    (under_way(sending) ? behind_ : in_hand_).append(bytes);
    if (!under_way(sending) && !bytes.empty()) {
        send();
    }
    return {bytes.size()};
}

std::size_t UringStream::room() const {
    return limits::send_buffer - in_hand_.size() - behind_.size();
}

IoResult UringStream::shutdown_writing() {
    no_more_to_send_ = true;
    if (under_way(sending)) {
        return {};  // when all is sent
    }
    return ::shutdown(number(), SHUT_WR) == 0 ? IoResult{}
                                              : IoResult::failed(static_cast<std::errc>(errno));
}

void UringStream::send() {
    io_uring_sqe* const request = poller_.uring().entry();
    ::io_uring_prep_send(
        request, number(), in_hand_.data() + sent_, in_hand_.size() - sent_, MSG_NOSIGNAL);
    ask(request, sending);
}

void UringStream::sent(int result) {
    if (result < 0 && !to_be_repeated(result)) {
        break_off(static_cast<std::errc>(-result));
    } else {
        sent_ += static_cast<std::size_t>(std::max(result, 0));
        if (sent_ < in_hand_.size()) {
            return send();
        }
        in_hand_ = std::exchange(behind_, {});
        sent_ = 0;
        if (!in_hand_.empty()) {
            send();
        } else if (no_more_to_send_) {
            ::shutdown(number(), SHUT_WR);
        }
    }
    if (!writers.empty()) {
        poller_.report({this, false, true, false});
    }
}

/// Nothing more will be sent. A peer that was promised more shall not take it for the end.
void UringStream::break_off(std::errc why) {
    broken_ = true;
    if (!under_way(sending)) {
        send_error_ = why;
        in_hand_ = {};
        behind_ = {};
    }
    if (closed_) {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
}

}  // namespace yos
