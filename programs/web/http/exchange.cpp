#include "programs/web/http/exchange.h"

#include "programs/lib/line_blocks.h"
#include "programs/lib/print.h"
#include "syscalls/read_at.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_event.h"
#include "syscalls/with_timeout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace yos::http {
namespace {

constexpr std::uint64_t small_body = 65'536;  // bytes that are rather read than not
constexpr std::size_t kept_buffer = 1'024;    // bytes
constexpr Duration longest_farewell = std::chrono::seconds(2);

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out += std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

}  // namespace

Exchange::Exchange(Socket client, std::shared_ptr<Site> site)
    : client_(std::move(client)),
      site_(std::move(site)),
      reader_(client_.fd(), Parser::Kind::request, site_->limits, site_->patience.stall) {}

// ---- The connection ----

Coroutine<> Exchange::run() {
    std::optional<Refusal> refusal;
    try {
        while (co_await next_request()) {
            ++site_->requests;
            co_await respond();
        }
    } catch (const Refusal& why) {
        refusal = why;
    } catch (const TimedOut&) {
        if (begun_) {
            throw;
        }
        refusal = Refusal(408, "the request takes too long");
    }
    if (refusal) {
        co_await refuse(*std::move(refusal));
    }
    co_await flush();
    const bool left_body = close_ && !reader_.is_done();
    if (refusal || left_body || reader_.has_bytes()) {
        co_await linger();
    }
}

/// False when there is no further one, or it is time to go. The first try finds a request that came
/// with the one before; the second, one that came whole, as nearly all do; so a deadline is set
/// only for the others.
Coroutine<bool> Exchange::next_request() {
    if (close_) {
        co_return false;
    }
    reader_.start();
    wants_body_ = begun_ = chunked_ = false;
    if (reader_.has_bytes() && reader_.take_head()) {
        co_return true;
    }
    co_await flush();
    if (out_.capacity() > kept_buffer) {
        out_ = std::string();  // a connection that waits does not keep large buffers
    }
    const auto first = co_yield Select{
        ReadWait{client_.fd()}, WaitEvent{site_->server.stopping()}, Sleep{site_->patience.idle}};
    if (first.index() != 0) {
        co_return false;
    }
    const bool more = co_await reader_.fill();
    if (more && reader_.take_head()) {
        co_return true;
    }
    co_return co_await with_timeout(site_->patience.head, reader_.read_head());
}

/// Every request has an answer, whatever becomes of the handler; once that has begun, it can only
/// be broken off.
Coroutine<> Exchange::respond() {
    std::optional<Refusal> refusal;
    try {
        co_await site_->handler(*this);
        if (!begun_) {
            refusal = Refusal(500, "there is no answer");
        }
    } catch (const Refusal& why) {
        refusal = why;
    } catch (const std::exception&) {
        refusal = Refusal(500, "the server has failed");
    }
    if (refusal && begun_) {
        throw *std::move(refusal);
    }
    if (refusal) {
        Response page = error_page(refusal->status(), refusal->what());
        co_await answer(std::move(page));
    }
    close_ = close_ || !reader_.is_done();
}

/// The last answer on this connection, if the client is not in the midst of another.
Coroutine<> Exchange::refuse(Refusal refusal) {
    if (!begun_) {
        close_ = true;
        Response page = error_page(refusal.status(), refusal.what());
        co_await answer(std::move(page));
    }
}

Coroutine<> Exchange::flush() {
    std::string_view left = out_;
    while (!left.empty()) {
        const auto first = co_yield Select{Write{client_.fd(), left}, Sleep{site_->patience.stall}};
        if (first.index() == 1) {
            throw TimedOut();
        }
        left.remove_prefix(std::get<0>(first));
    }
    out_.clear();
}

/// To close a connection on which something still comes would break it off, and what was answered
/// could be lost with it. So the client is told that this is the end, and listened to a little.
Coroutine<> Exchange::linger() {
    co_await client_.shutdown_writing();
    try {
        co_await with_timeout(longest_farewell, discard());
    } catch (const TimedOut&) {
    }
}

Coroutine<> Exchange::discard() {
    bool more = true;
    while (more) {
        reader_.drop();
        more = co_await reader_.fill();
    }
}

// ---- The request's body ----

Coroutine<std::string> Exchange::read_body() {
    const auto expected = request().fields.find("Expect");
    if (expected && !std::exchange(wants_body_, true) && !reader_.is_done()) {
        if (!same_name(*expected, "100-continue")) {
            close_ = true;
            throw Refusal(417, "the only expectation known here is 100-continue");
        }
        out_ += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    wants_body_ = true;
    co_await flush();  // the client may wait for it before it sends more
    try {
        co_return co_await reader_.read_body();
    } catch (const TimedOut&) {
        close_ = true;
    } catch (const Refusal&) {
        close_ = true;
        throw;
    }
    throw Refusal(408, "the body takes too long");
}

/// Of a body that nobody asked for: what is small is read, so that the connection can stay.
Coroutine<> Exchange::skip_small_body() {
    if (request().fields.find("Expect") || request().body_size.value_or(small_body) >= small_body) {
        close_ = true;
        co_return;
    }
    std::string piece;
    do {
        piece = co_await read_body();
    } while (!piece.empty());
}

// ---- The answer ----

Coroutine<> Exchange::answer(Response response) {
    if (must_skip_body()) {
        co_await skip_small_body();
    }
    const WallTime now = co_yield WallClock{};
    write_head(response, response.body.size(), now);
    if (!is_head()) {
        out_ += response.body;
    }
    if (out_.size() >= block_size) {
        co_await flush();
    }
}

Coroutine<> Exchange::begin(Response head, std::optional<std::uint64_t> size) {
    if (must_skip_body()) {
        co_await skip_small_body();
    }
    const WallTime now = co_yield WallClock{};
    write_head(head, size, now);
}

void Exchange::write_head(const Response& response,
                          std::optional<std::uint64_t> size,
                          WallTime now) {
    const bool is_old = request().minor_version == 0;
    const bool ends_with_connection = is_old && !size && may_have_body(response.status);
    close_ = close_ || !request().keep_alive || ends_with_connection || site_->server.is_stopping();
    begun_ = true;
    chunked_ = !is_old && !size && may_have_body(response.status);
    out_ += "HTTP/1.1 ";
    append_number(out_, static_cast<std::uint64_t>(response.status));
    out_ += ' ';
    out_ += reason(response.status);
    out_ += "\r\n";
    out_ += site_->common_fields(now);
    response.fields.append_to(out_);
    if (chunked_) {
        out_ += "Transfer-Encoding: chunked\r\n";
    } else if (size && may_have_body(response.status)) {
        out_ += "Content-Length: ";
        append_number(out_, *size);
        out_ += "\r\n";
    }
    if (close_) {
        out_ += "Connection: close\r\n";
    } else if (request().minor_version == 0) {
        out_ += "Connection: keep-alive\r\n";
    }
    out_ += "\r\n";
}

/// A chunk goes out at once: who sends in chunks has somebody waiting for each.
Coroutine<> Exchange::send(std::string_view piece) {
    if (is_head() || piece.empty()) {
        co_return;
    }
    if (chunked_) {
        out_ += fmt::format("{:x}\r\n", piece.size());
    }
    out_ += piece;
    if (chunked_) {
        out_ += "\r\n";
    }
    if (chunked_ || out_.size() >= block_size) {
        co_await flush();
    }
}

Coroutine<> Exchange::end() {
    if (chunked_ && !is_head()) {
        out_ += "0\r\n\r\n";
    }
    co_return;
}

Coroutine<> Exchange::send_file(Fd file, std::uint64_t offset, std::uint64_t size) {
    while (size > 0 && !is_head()) {
        const std::size_t before = out_.size();
        out_.resize(before + static_cast<std::size_t>(std::min<std::uint64_t>(size, block_size)));
        const std::span<char> room = std::span<char>(out_).subspan(before);
        const std::size_t got = co_yield ReadAt{file, offset, room};
        out_.resize(before + got);
        if (got == 0) {
            throw std::system_error(std::make_error_code(std::errc::io_error),
                                    "a file became shorter while it was sent");
        }
        offset += got;
        size -= got;
        if (out_.size() >= block_size) {
            co_await flush();
        }
    }
}

}  // namespace yos::http
