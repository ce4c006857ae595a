#pragma once

// Messages from a connection, one after the other: requests for a server, responses for a client.

#include "kernel/uapi/fd.h"
#include "programs/web/http/parser.h"
#include "syscalls/now.h"
#include "tasks/coroutine.h"

#include <string>
#include <string_view>

namespace yos::http {

class MessageReader {
public:
    /// A peer may keep silent for `stall` at most while more of a message is due.
    MessageReader(Fd fd, Parser::Kind kind, Limits limits, Duration stall)
        : fd_(fd), stall_(stall), parser_(kind, limits) {}

    /// Goes on to the next message. Throws std::logic_error in the midst of one.
    void start(bool answers_head = false);

    /// Some of the next message has come already.
    bool has_bytes() const { return taken_ < bytes_.size(); }

    bool has_head() const { return parser_.has_head(); }
    bool is_done() const { return parser_.is_done(); }

    /// What has come of it: from has_head() on all, and of what is refused perhaps the first line.
    const Head& head() const { return parser_.head(); }

    /// Understands what has come; true when that is a whole head. Throws Refusal.
    bool take_head();

    /// Reads until it has the head. False when the peer ends instead of beginning with a message.
    /// Throws Refusal, and as Read does; ETIMEDOUT: the peer keeps silent.
    Coroutine<bool> read_head();

    /// The next piece of the body; empty at its end. Throws as read_head does.
    Coroutine<std::string> read_body();

    /// Reads what comes next. False at the end. Throws as Read does; ETIMEDOUT: the peer keeps
    /// silent.
    Coroutine<bool> fill();

    /// Forgets what has come and is not understood yet.
    void drop();

private:
    void understand();

    Fd fd_;
    Duration stall_;
    Parser parser_;
    std::string bytes_;
    std::size_t taken_ = 0;  // of them, by the parser
};

}  // namespace yos::http
