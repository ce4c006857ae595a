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

const std::string& Site::common_fields(WallTime now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (common_fields_.empty() || second != second_) {
        second_ = second;
        common_fields_ = "Server: yos\r\nDate: " + to_date(now) + "\r\n";
    }
    return common_fields_;
}

Coroutine<> serve(Invocation invocation, std::shared_ptr<Site> site, Socket listener) {
    Server::Handler handler = [site](Socket client) {
        return serve_client(std::move(client), site);
    };
    co_await site->server.run(
        std::move(invocation), std::move(listener), std::move(handler), "http-connection");
}

}  // namespace yos::http
