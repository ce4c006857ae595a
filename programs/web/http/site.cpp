#include "programs/web/http/site.h"

#include "programs/web/http/exchange.h"

#include <utility>

namespace yos::http {
namespace {

Coroutine<> serve_client(Socket client, std::shared_ptr<Site> site) {
    Exchange exchange(std::move(client), std::move(site));
    co_await exchange.run();
}

}  // namespace

const std::string& Site::date(WallTime now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (date_.empty() || second != second_) {
        second_ = second;
        date_ = to_date(now);
    }
    return date_;
}

Coroutine<> serve(Invocation invocation, std::shared_ptr<Site> site, Socket listener) {
    Server::Handler handler = [site](Socket client) {
        return serve_client(std::move(client), site);
    };
    co_await site->server.run(
        std::move(invocation), std::move(listener), std::move(handler), "http-connection");
}

}  // namespace yos::http
