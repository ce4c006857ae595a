#include "programs/web/http/client.h"

#include <chrono>
#include <utility>

namespace yos::http {
namespace {

constexpr Duration longest_silence = std::chrono::seconds(60);
constexpr std::size_t most_idle = 64;  // connections that are kept for each host and port

}  // namespace

Client::Connection::Connection(Socket connected, Limits limits)
    : socket(std::move(connected)),
      reader(socket.fd(), Parser::Kind::response, limits, longest_silence) {}

/// A server may close a connection that was kept, just when it is used again. Then the request was
/// not heard, and another connection is tried.
Coroutine<Reply> Client::get(Url url) {
    std::vector<std::unique_ptr<Connection>>& idle = idle_[url.authority()];
    while (!idle.empty()) {
        std::unique_ptr<Connection> kept = std::move(idle.back());
        idle.pop_back();
        std::optional<Reply> reply = co_await ask(*kept, url);
        if (reply) {
            keep(std::move(kept), url);
            co_return *std::move(reply);
        }
    }
    Socket socket = co_await Socket::connect(url.host(), url.port());
    ++connections_made_;
    auto connection = std::make_unique<Connection>(std::move(socket), limits_);
    std::optional<Reply> reply = co_await ask(*connection, url);
    if (!reply) {
        throw Refusal(502, "the server has closed the connection without an answer");
    }
    keep(std::move(connection), url);
    co_return *std::move(reply);
}

/// None when the connection is closed before an answer begins.
Coroutine<std::optional<Reply>> Client::ask(Connection& connection, Url url) {
    const std::string request =
        "GET " + url.target() + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n\r\n";
    bool begun = false;
    try {
        co_await connection.socket.send(request);
        do {
            connection.reader.start();
            begun = co_await connection.reader.read_head();
        } while (begun && connection.reader.head().status < 200);  // there is more to come
    } catch (const std::system_error& failure) {
        if (failure.code() != std::errc::broken_pipe &&
            failure.code() != std::errc::connection_reset) {
            throw;
        }
    }
    if (!begun) {
        co_return std::nullopt;
    }
    Reply reply;
    reply.status = connection.reader.head().status;
    reply.fields = connection.reader.head().fields;
    std::string piece = co_await connection.reader.read_body();
    while (!piece.empty()) {
        reply.body += piece;
        piece = co_await connection.reader.read_body();
    }
    co_return std::optional<Reply>(std::move(reply));
}

void Client::keep(std::unique_ptr<Connection> connection, const Url& url) {
    auto& idle = idle_[url.authority()];
    if (connection->reader.head().keep_alive && idle.size() < most_idle) {
        idle.push_back(std::move(connection));
    }
}

}  // namespace yos::http
