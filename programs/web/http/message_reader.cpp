#include "programs/web/http/message_reader.h"

#include "syscalls/read.h"
#include "syscalls/select.h"
#include "syscalls/sleep.h"
#include "tasks/contract.h"
#include "tasks/interruption.h"

#include <array>
#include <utility>

namespace yos::http {
namespace {

constexpr std::size_t kept_buffer = 1'024;  // bytes, while no message is due

}  // namespace

/// Empty lines before a message are left out, as RFC 9112 asks for.
void MessageReader::understand() {
    std::string_view left = std::string_view(bytes_).substr(taken_);
    while (!parser_.has_begun() && !left.empty() &&
           (left.front() == '\r' || left.front() == '\n')) {
        left.remove_prefix(1);
    }
    while (!parser_.is_done() && !left.empty() && parser_.take(left)) {
    }
    taken_ = bytes_.size() - left.size();
}

void MessageReader::start(bool answers_head) {
    check_contract(is_done() || !parser_.has_begun(),
                   "MessageReader::start: in the midst of a message: read its body to the end");
    parser_.start(answers_head);
    if (!has_bytes() && bytes_.capacity() > kept_buffer) {
        drop();
    }
}

void MessageReader::drop() {
    bytes_ = std::string();
    taken_ = 0;
}

bool MessageReader::take_head() {
    understand();
    return parser_.has_head();
}

Coroutine<bool> MessageReader::read_head() {
    while (!take_head()) {
        const bool more = co_await fill();
        if (!more) {
            if (parser_.has_begun() || has_bytes()) {
                throw Refusal(400, "the connection ended within a message");
            }
            co_return false;
        }
    }
    co_return true;
}

Coroutine<std::string> MessageReader::read_body() {
    for (;;) {
        understand();
        if (!parser_.body().empty()) {
            co_return std::exchange(parser_.body(), std::string());
        }
        if (parser_.is_done()) {
            co_return std::string();
        }
        const bool more = co_await fill();
        if (!more) {
            parser_.end_of_input();
        }
    }
}

/// The buffer is there only while bytes are on their way: so a connection that keeps silent between
/// messages costs next to nothing.
Coroutine<bool> MessageReader::fill() {
    std::array<char, 16'384> buffer;
    const auto first = co_yield Select{Read{fd_, buffer}, Sleep{stall_}};
    if (first.index() == 1) {
        throw TimedOut();
    }
    const std::size_t got = std::get<0>(first);
    if (has_bytes()) {
        bytes_.erase(0, taken_);
    } else {
        bytes_.clear();
    }
    taken_ = 0;
    bytes_.append(buffer.data(), got);
    co_return got > 0;
}

}  // namespace yos::http
