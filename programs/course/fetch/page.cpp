#include "programs/course/fetch/page.h"

#include "programs/lib/print.h"
#include "syscalls/gather.h"

#include <charconv>
#include <stdexcept>

namespace yos::fetch {

Page Page::parse(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    const std::size_t path = std::min(url.find('/', scheme.size()), url.size());
    if (!url.starts_with(scheme) || path == scheme.size()) {
        throw std::invalid_argument("\"" + url + "\" is no http://HOST:PORT/PATH");
    }
    Page page;
    page.host = url.substr(scheme.size(), path - scheme.size());
    page.path = path < url.size() ? url.substr(path) : "/";
    if (const std::size_t colon = page.host.rfind(':'); colon != std::string::npos) {
        const char* const end = page.host.data() + page.host.size();
        const auto [stop, error] = std::from_chars(&page.host[colon] + 1, end, page.port);
        if (error != std::errc() || stop != end || page.port == 0) {
            throw std::invalid_argument("\"" + url + "\" has no port from 1 to 65535");
        }
        page.host.erase(colon);
    }
    return page;
}

std::string Page::request() const {
    return fmt::format(
        "GET {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n\r\n", path, host, port);
}

Coroutine<std::vector<Socket>> connect_to(std::vector<Page> pages) {
    std::vector<Coroutine<Socket>> connecting;
    for (const Page& page : pages) {
        connecting.push_back(Socket::connect(page.host, page.port));
    }
    co_return co_await gather(std::move(connecting));
}

std::string summary(const Page& page, const std::string& answer) {
    const std::size_t head = std::min(answer.find("\r\n\r\n"), answer.size());
    const std::size_t body = std::min(head + 4, answer.size());
    return fmt::format("{}: {}, {} bytes\n",
                       page.path,
                       answer.substr(0, answer.find("\r\n")),
                       answer.size() - body);
}

Coroutine<std::vector<Page>> parse_arguments(Options& options) {
    std::vector<std::string> urls;
    options.rest("URL", urls, "http://HOST:PORT/PATH, any number of them", true);
    std::vector<Page> pages;
    if (!co_await options.parse()) {
        co_return pages;
    }
    std::string wrong;
    try {
        for (const std::string& url : urls) {
            pages.push_back(Page::parse(url));
        }
    } catch (const std::invalid_argument& error) {
        wrong = error.what();
    }
    if (!wrong.empty()) {
        pages.clear();
        co_await options.refuse(wrong);
    }
    co_return pages;
}

}  // namespace yos::fetch
