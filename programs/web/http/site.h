#pragma once

// What all connections of an HTTP server have in common: what it answers, and its limits.

#include "programs/lib/server.h"
#include "programs/web/http/date.h"
#include "programs/web/http/parser.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace yos::http {

class Exchange;

/// How long it waits for a client.
struct Patience {
    Duration idle = std::chrono::seconds(60);   ///< for the next request
    Duration head = std::chrono::seconds(10);   ///< for a whole head, from its first byte on
    Duration stall = std::chrono::seconds(10);  ///< for more of a body, or room to send more
};

struct Site {
    /// Answers a request. Throws Refusal for one that deserves no better.
    using Handler = std::function<Coroutine<>(Exchange&)>;

    Site(std::size_t connections, Handler handler)
        : server(connections, std::chrono::milliseconds(800)), handler(std::move(handler)) {}

    Server server;
    Handler handler;
    Limits limits;
    Patience patience;
    std::uint64_t requests = 0;

    /// The fields that all answers begin with, with their line ends; made once a second.
    const std::string& common_fields(WallTime now);

private:
    std::chrono::sys_seconds second_{};
    std::string common_fields_;
};

/// Serves HTTP until Ctrl-C. Throws as Accept does.
Coroutine<> serve(Invocation invocation, std::shared_ptr<Site> site, Socket listener);

}  // namespace yos::http
