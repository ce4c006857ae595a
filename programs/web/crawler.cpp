// Visits all pages of a site that links lead to: several tasks take them from one channel, and put
// into it what they find. Who is done with the last page closes the channel, and that ends them
// all.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/web/http/client.h"
#include "syscalls/close_channel.h"
#include "syscalls/new_task.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "syscalls/wait_task.h"

#include <re2/re2.h>

#include <set>

namespace yos {
namespace {

using http::Url;

struct Crawl {
    explicit Crawl(Fd out) : out(out) {}

    Fd out;
    http::Client client{http::Limits()};
    Channel<std::string> pages{SIZE_MAX};  // to be visited
    std::set<std::string> seen;            // all that have ever been put in there
    std::size_t left = 0;                  // to be visited, or being visited
    std::size_t visited = 0;
    std::size_t broken = 0;
    std::size_t bytes = 0;
};

/// What href and src attributes say.
std::vector<std::string> links_in(const std::string& page) {
    static const RE2 attribute(R"re((?i)\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'))re");
    std::vector<std::string> links;
    re2::StringPiece rest(page);
    std::string quoted;
    std::string single_quoted;
    while (RE2::FindAndConsume(&rest, attribute, &quoted, &single_quoted)) {
        links.push_back(quoted.empty() ? single_quoted : quoted);
    }
    return links;
}

Coroutine<> add(std::shared_ptr<Crawl> crawl, Url page) {
    if (crawl->seen.insert(page.to_string()).second) {
        ++crawl->left;
        co_yield Send{crawl->pages, page.to_string()};
    }
}

/// Where the page's links lead to, and where it has moved to, as far as that is on the same host.
std::vector<Url> next_pages(const Url& page, const http::Reply& reply) {
    std::vector<std::string> links;
    if (reply.fields.find("Content-Type").value_or("").starts_with("text/html")) {
        links = links_in(reply.body);
    }
    if (const auto moved = reply.fields.find("Location")) {
        links.emplace_back(*moved);
    }
    std::vector<Url> pages;
    for (const std::string& link : links) {
        try {
            const std::optional<Url> next = page.resolve(link);
            if (next && next->authority() == page.authority()) {
                pages.push_back(*next);
            }
        } catch (const std::invalid_argument&) {  // it leads nowhere
        }
    }
    return pages;
}

Coroutine<> visit(std::shared_ptr<Crawl> crawl, Url page) {
    http::Reply reply;
    std::string failure;
    try {
        reply = co_await crawl->client.get(page);
    } catch (const std::exception& error) {
        failure = error.what();
    }
    ++crawl->visited;
    crawl->bytes += reply.body.size();
    crawl->broken += reply.status < 200 || reply.status >= 400 ? 1 : 0;
    const std::string status = failure.empty() ? std::to_string(reply.status) : "---";
    const std::string why = failure.empty() ? "" : ": " + failure;
    co_await print(crawl->out, "{} {:>8} {}{}\n", status, reply.body.size(), page.to_string(), why);
    for (const Url& next : next_pages(page, reply)) {
        co_await add(crawl, next);
    }
}

Coroutine<> visit_pages(std::shared_ptr<Crawl> crawl) {
    for (;;) {
        const std::optional<std::string> page = co_yield Receive{crawl->pages};
        if (!page) {
            co_return;
        }
        co_await visit(crawl, Url::parse(*page));
        if (--crawl->left == 0) {
            co_yield CloseChannel{crawl->pages};
        }
    }
}

Coroutine<int> crawler(Invocation invocation) {
    std::string start;
    Number at_once{.value = 8, .least = 1, .most = 10'000};
    Options options(invocation);
    options.required("URL", start, "where to begin, as in http://localhost:8080/");
    options.option("-n,--at-once", "N", at_once, "how many pages to ask for at once: 8");
    options.example("crawler http://localhost:8080/ -n 20");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    auto crawl = std::make_shared<Crawl>(invocation.out);
    std::string wrong;
    std::optional<Url> first;
    try {
        first = Url::parse(start);
    } catch (const std::invalid_argument& failure) {
        wrong = failure.what();
    }
    if (!wrong.empty()) {
        co_return co_await options.refuse(wrong);
    }
    co_await add(crawl, *first);
    std::vector<Tid> tasks;
    for (std::int64_t i = 0; i < at_once.value; ++i) {
        const Tid task = co_yield NewTask{visit_pages(crawl), "crawler-visit"};
        tasks.push_back(task);
    }
    for (const Tid task : tasks) {
        co_yield WaitTask{task};
    }
    co_await print(invocation.out,
                   "{} page{}, {} of them broken, {} bytes on {} connections\n",
                   crawl->visited,
                   crawl->visited == 1 ? "" : "s",
                   crawl->broken,
                   crawl->bytes,
                   crawl->client.connections_made());
    co_return crawl->broken == 0 ? 0 : 1;
}

const Program program("crawler", "visit all pages of a site", crawler);

}  // namespace
}  // namespace yos
