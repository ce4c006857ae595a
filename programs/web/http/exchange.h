#pragma once

// A server's side of a connection: the request at hand, and the answer to it. A client may send
// several requests without waiting (pipelining); they are answered in turn, and the answers go out
// together.

#include "programs/lib/socket.h"
#include "programs/web/http/message_reader.h"
#include "programs/web/http/site.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace yos::http {

class Exchange {
public:
    Exchange(Socket client, std::shared_ptr<Site> site);

    // For handlers.

    const Head& request() const { return reader_.head(); }
    bool is_head() const { return request().method == "HEAD"; }

    /// The next piece of the request's body; empty at its end. A client that asked for leave to
    /// send it (Expect: 100-continue) gets it. Throws Refusal.
    Coroutine<std::string> read_body();

    /// Answers, once for each request. Throws as Write does; ETIMEDOUT: the client takes nothing.
    Coroutine<> answer(Response response);

    /// Answers in pieces: a head without its body, then what `send` gets, then `end`. The size of
    /// the body in bytes, if it is known; else it is sent in chunks.
    Coroutine<> begin(Response head, std::optional<std::uint64_t> size = std::nullopt);
    Coroutine<> send(std::string_view piece);
    Coroutine<> end();

    /// Sends `size` bytes of a file, from an offset on. Throws EIO when it has become shorter.
    Coroutine<> send_file(Fd file, std::uint64_t offset, std::uint64_t size);

    // For the server.

    /// Serves the client until it goes, or is sent away.
    Coroutine<> run();

private:
    Coroutine<bool> next_request();
    Coroutine<> respond();
    Coroutine<> refuse(Refusal refusal);
    bool must_skip_body() const { return request().has_body && !wants_body_ && !close_; }
    Coroutine<> skip_small_body();
    Coroutine<> flush();
    Coroutine<> linger();
    Coroutine<> discard();
    void write_head(const Response& response, std::optional<std::uint64_t> size, WallTime now);

    Socket client_;
    std::shared_ptr<Site> site_;
    MessageReader reader_;
    std::string out_;  // what was answered and is not sent

    // How far the request at hand is.
    bool wants_body_ = false;  // the handler has asked for its body
    bool begun_ = false;       // its answer has begun
    bool chunked_ = false;     // its answer goes out in chunks
    bool close_ = false;       // the connection is to be closed after its answer
};

}  // namespace yos::http
