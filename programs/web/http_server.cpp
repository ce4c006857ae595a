#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/web/http/folder.h"

namespace yos {
namespace {

using http::Exchange;
using http::Refusal;
using http::Response;

const char* const allowed_everywhere = "GET, HEAD";

bool is_known(std::string_view method) {
    for (const std::string_view known :
         {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"}) {
        if (method == known) {
            return true;
        }
    }
    return false;
}

/// What comes is what goes, piece by piece.
Coroutine<> echo(Exchange& exchange) {
    Response head;
    head.fields.add("Content-Type",
                    exchange.request().fields.find("Content-Type").value_or("text/plain"));
    std::string piece = co_await exchange.read_body();
    co_await exchange.begin(std::move(head), exchange.request().body_size);
    while (!piece.empty()) {
        co_await exchange.send(piece);
        piece = co_await exchange.read_body();
    }
    co_await exchange.end();
}

/// The page /hello is for measuring; all others but /echo are files.
Coroutine<> answer(Exchange& exchange, std::shared_ptr<const http::Folder> folder) {
    const http::Head& request = exchange.request();
    if (!is_known(request.method)) {
        throw Refusal(501, "nobody here knows what " + request.method + " is");
    }
    const std::string_view page =
        std::string_view(request.target).substr(0, request.target.find('?'));
    const bool is_echo = page == "/echo";
    if (is_echo && request.method == "POST") {
        co_return co_await echo(exchange);
    }
    if (is_echo || (request.method != "GET" && request.method != "HEAD")) {
        Response refusal = http::error_page(405);
        refusal.fields.add("Allow", is_echo ? "POST" : allowed_everywhere);
        co_return co_await exchange.answer(std::move(refusal));
    }
    if (page == "/hello") {
        Response hello(200, "text/plain", "Hello, world!\n");
        co_return co_await exchange.answer(std::move(hello));
    }
    co_await folder->answer(exchange);
}

Coroutine<int> http_server(Invocation invocation) {
    Address where;
    std::string directory = ".";
    Number connections{.value = 10'000, .least = 1};
    Number body{.value = 16 * 1'024 * 1'024};
    Number idle{.value = 60, .least = 1, .most = 86'400};
    Number slow{.value = 10, .least = 1, .most = 86'400};
    Options options(invocation);
    options.required("PORT", where, "a port of this machine, or HOST:PORT, *:PORT, unix:PATH");
    options.optional("FOLDER",
                     directory,
                     "its files; the current one, unless told. Beside them there are the page "
                     "/hello, for measuring, and /echo, which sends back what is POSTed");
    options.option("-c,--connections", "N", connections, "at once: 10000, unless told");
    options.option("-b,--max-body", "BYTES", body, "of a request: 16 MiB, unless told");
    options.option("--idle", "SECONDS", idle, "between requests: 60, unless told");
    options.option("--slow", "SECONDS", slow, "for a head, or more of a body: 10, unless told");
    options.example("http-server 8080 pages");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    auto folder = std::make_shared<const http::Folder>(co_await http::Folder::open(directory));
    auto site = std::make_shared<http::Site>(
        static_cast<std::size_t>(connections.value),
        [folder](Exchange& exchange) { return answer(exchange, folder); });
    site->limits.body = static_cast<std::uint64_t>(body.value);
    site->patience.idle = std::chrono::seconds(idle.value);
    site->patience.head = site->patience.stall = std::chrono::seconds(slow.value);

    Socket listener = co_await Socket::listen(where);
    const Address address = co_await listener.local_address();
    co_await print(invocation.out, "http-server: listening at {}\n", address.to_string());
    co_await http::serve(invocation, site, std::move(listener));
    co_await print(invocation.out,
                   "http-server: {} requests on {} connections, {} broken off\n",
                   site->requests,
                   site->server.clients(),
                   site->server.broken_off());
    co_return Server::interrupted_code;
}

const Program program("http-server", "serve the files of a folder by HTTP", http_server);

}  // namespace
}  // namespace yos
