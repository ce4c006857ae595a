#pragma once

// What the three fetchers share, so that each shows nothing but its way of waiting: where a page
// is, the request for it, and what is told of the answer.

#include "programs/lib/options.h"
#include "programs/lib/socket.h"

#include <string>
#include <vector>

namespace yos::fetch {

/// A page at `http://HOST[:PORT][/PATH]`.
struct Page {
    std::string host;
    unsigned short port = 80;
    std::string path = "/";

    /// Throws std::invalid_argument.
    static Page parse(const std::string& url);

    /// For which the server closes the connection at the end.
    std::string request() const;
};

/// Connections to where the pages are, made all at once. Throws as Socket::connect does.
Coroutine<std::vector<Socket>> connect_to(std::vector<Page> pages);

/// `/path: HTTP/1.1 200 OK, 5 bytes`
std::string summary(const Page& page, const std::string& answer);

/// The pages named in the arguments; none when the program is to end with options.status().
Coroutine<std::vector<Page>> parse_arguments(Options& options);

}  // namespace yos::fetch
