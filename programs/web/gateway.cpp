// One question in, several out: asks all back ends at once, and makes one JSON object of theirs.
// A task for each is what a thread for each would be, but for a few hundred bytes; and the time
// that it all takes is that of the slowest, not the sum.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/web/http/client.h"
#include "programs/web/http/exchange.h"
#include "syscalls/join.h"
#include "syscalls/new_task.h"
#include "syscalls/with_timeout.h"

#include <nlohmann/json.hpp>

namespace yos {
namespace {

using http::Exchange;
using http::Url;
using nlohmann::json;

struct Gateway {
    std::vector<Url> back_ends;
    Duration patience;
    http::Client client{http::Limits()};
};

/// What became of asking one back end.
struct Asked {
    int status = 502;  // 200: there is an answer
    std::string failure;
    json answer;
};

using AskedAll = std::vector<Asked>;

/// /prices?of=tea at http://localhost:8001/shop is http://localhost:8001/shop/prices?of=tea.
Url question(const Url& back_end, std::string_view target) {
    std::string base = back_end.to_string();
    if (base.ends_with('/')) {
        base.pop_back();
    }
    return Url::parse(base + std::string(target));
}

Coroutine<> ask(std::shared_ptr<Gateway> gateway,
                std::size_t number,
                std::string target,
                std::shared_ptr<AskedAll> all) {
    Asked& asked = (*all)[number];
    try {
        const Url url = question(gateway->back_ends[number], target);
        const http::Reply reply =
            co_await with_timeout(gateway->patience, gateway->client.get(url));
        asked.answer = json::parse(reply.body, nullptr, false);
        if (reply.status == 200 && asked.answer.is_object()) {
            asked.status = 200;
        } else {
            asked.failure = reply.status == 200 ? "it answers no JSON object"
                                                : "it answers " + std::to_string(reply.status);
        }
    } catch (const TimedOut&) {
        asked.status = 504;
        asked.failure = "it takes too long";
    } catch (const std::exception& failure) {
        asked.failure = failure.what();
    }
}

/// All members of all objects; of two by the same name, that of the later back end. Or who failed:
/// 504 if all of them took too long, else 502.
http::Response merged(const Gateway& gateway, const AskedAll& all) {
    json answer = json::object();
    json failures = json::object();
    int status = 504;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].status == 200) {
            answer.update(all[i].answer);
        } else {
            status = std::min(status, all[i].status);
            failures[gateway.back_ends[i].to_string()] = all[i].failure;
        }
    }
    const bool failed = !failures.empty();
    const json body = failed ? json{{"failed", failures}} : answer;
    return {failed ? status : 200,
            "application/json",
            body.dump(2, ' ', false, json::error_handler_t::replace) + "\n"};
}

Coroutine<> answer(Exchange& exchange, std::shared_ptr<Gateway> gateway) {
    if (exchange.request().method != "GET" && exchange.request().method != "HEAD") {
        http::Response refusal = http::error_page(405);
        refusal.fields.add("Allow", "GET, HEAD");
        co_return co_await exchange.answer(std::move(refusal));
    }
    const std::string target = exchange.request().target;
    auto all = std::make_shared<AskedAll>(gateway->back_ends.size());
    TaskGroup back_ends;  // whose tasks go with it, if the client goes
    for (std::size_t i = 0; i < all->size(); ++i) {
        co_yield NewTask{ask(gateway, i, target, all), "gateway-ask"}.in(back_ends);
    }
    co_await join(back_ends);
    http::Response response = merged(*gateway, *all);
    co_await exchange.answer(std::move(response));
}

Coroutine<int> gateway(Invocation invocation) {
    Address where;
    std::vector<std::string> urls;
    Number patience{.value = 2'000, .least = 1};
    Number most{.value = 10'000, .least = 1};
    Options options(invocation);
    options.required("PORT", where, "where to listen: a port of this machine, or HOST:PORT ...");
    options.option("-t,--timeout", "MS", patience, "for a back end to answer: 2000, unless told");
    options.option("-c,--connections", "N", most, "at once: 10000, unless told");
    options.rest("URL", urls, "the back ends, as in http://localhost:8001/prices", true);
    options.example("gateway 8000 http://localhost:8001 http://localhost:8002/stock");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    auto state = std::make_shared<Gateway>();
    state->patience = std::chrono::milliseconds(patience.value);
    std::string wrong;
    try {
        for (const std::string& url : urls) {
            state->back_ends.push_back(Url::parse(url));
        }
    } catch (const std::invalid_argument& failure) {
        wrong = failure.what();
    }
    if (!wrong.empty()) {
        co_return co_await options.refuse(wrong);
    }
    auto site = std::make_shared<http::Site>(
        static_cast<std::size_t>(most.value),
        [state](Exchange& exchange) { return answer(exchange, state); });
    Socket listener = co_await Socket::listen(where);
    const Address address = co_await listener.local_address();
    co_await print(invocation.out, "gateway: listening at {}\n", address.to_string());
    co_await http::serve(invocation, site, std::move(listener));
    co_await print(invocation.out,
                   "gateway: {} requests on {} connections, {} broken off; {} to back ends\n",
                   site->requests,
                   site->server.clients(),
                   site->server.broken_off(),
                   state->client.connections_made());
    co_return Server::interrupted_code;
}

const Program program("gateway", "ask several HTTP servers at once, and merge their JSON", gateway);

}  // namespace
}  // namespace yos
