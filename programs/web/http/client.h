#pragma once

// Asks servers. It keeps the connections that a server leaves open, and uses them again for the
// next request to the same host and port, as many at once as there are tasks that ask.

#include "programs/lib/socket.h"
#include "programs/web/http/message_reader.h"
#include "programs/web/http/url.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yos::http {

/// What a server has answered.
struct Reply {
    int status = 0;
    Fields fields;
    std::string body;
};

class Client {
public:
    /// `limits`: what an answer may cost.
    explicit Client(Limits limits) : limits_(limits) {}

    /// Asks for a page, and reads all of the answer. Throws as Socket::connect, Read and Write do;
    /// Refusal for an answer that cannot be understood; std::system_error with ETIMEDOUT for a
    /// server that keeps silent. Who is less patient calls it within a with_timeout.
    Coroutine<Reply> get(Url url);

    std::size_t connections_made() const { return connections_made_; }

private:
    struct Connection {
        Connection(Socket socket, Limits limits);

        Socket socket;
        MessageReader reader;
    };

    Coroutine<std::optional<Reply>> ask(Connection& connection, Url url);
    void keep(std::unique_ptr<Connection> connection, const Url& url);

    Limits limits_;
    std::map<std::string, std::vector<std::unique_ptr<Connection>>> idle_;  // by authority
    std::size_t connections_made_ = 0;
};

}  // namespace yos::http
