// Fetches several pages at once, as fetch-callbacks and fetch-futures do, but with calls. A page is
// fetched by a function that calls a function that waits: fetch_page, read_all, and there a
// descriptor. wrapper() drives such a chain. It keeps it on a stack: a yielded generator is a call
// and is pushed, its return pops it and is sent to its caller; a yielded descriptor leaves the
// chain to wait, until the main loop has it on its ready list again.

#include "programs/course/fetch/page.h"
#include "programs/lib/print.h"
#include "syscalls/poll.h"
#include "tasks/generator.h"

#include <array>
#include <deque>
#include <map>
#include <memory>

namespace yos {
namespace {

using fetch::Page;

/// What a routine may yield: another that it calls, or a descriptor that it waits for.
struct Yielded;
using Routine = Generator<Yielded, std::string, std::string>;
using Chain = std::vector<std::unique_ptr<Routine>>;

struct Yielded {
    explicit Yielded(Routine callee);
    explicit Yielded(Fd fd, std::string to_write = {}) : fd(fd), to_write(std::move(to_write)) {}

    std::unique_ptr<Routine> callee;
    Fd fd;
    std::string to_write;  // nothing: to read
};

Yielded::Yielded(Routine callee) : callee(std::make_unique<Routine>(std::move(callee))) {}

Routine read_all(Fd server) {
    std::string answer;
    for (;;) {
        const std::string bytes = co_yield Yielded(server);
        if (bytes.empty()) {
            co_return answer;
        }
        answer += bytes;
    }
}

Routine fetch_page(Fd server, Page page) {
    co_yield Yielded(server, page.request());
    const std::string answer = co_yield Yielded(read_all(server));
    co_return answer;
}

/// Runs a chain of calls until it waits, and evaluates to what for; to none when it has returned:
/// then `value` is what. `begins`: its last routine has not begun, and so is not sent the value.
std::optional<Yielded> wrapper(Chain& chain, std::string& value, bool begins) {
    while (!chain.empty()) {
        try {
            Yielded yielded = begins ? chain.back()->next() : chain.back()->send(value);
            begins = yielded.callee != nullptr;
            if (!begins) {
                return yielded;
            }
            chain.push_back(std::move(yielded.callee));
        } catch (const StopIteration<std::string>& end) {
            value = end.value();
            chain.pop_back();
            begins = false;
        }
    }
    return std::nullopt;
}

struct Fetch {
    Chain chain;
    std::string value;  // to be sent, and in the end the answer
    bool begins = true;
    std::optional<Yielded> waits_for;
};

/// Does what a chain waits for, now that it can be done; false if it is not all done yet.
Coroutine<bool> do_for(Fetch& fetch) {
    Yielded& wish = *fetch.waits_for;
    if (!wish.to_write.empty()) {
        wish.to_write.erase(0, co_yield Write{wish.fd, wish.to_write});
        co_return wish.to_write.empty();
    }
    std::array<char, 4096> buffer;
    const std::size_t got = co_yield Read{wish.fd, buffer};
    fetch.value.assign(buffer.data(), got);
    co_return true;
}

Coroutine<> run(std::vector<Fetch>& fetches) {
    std::deque<Fetch*> ready;
    std::map<Interest, Fetch*> waiting;
    for (Fetch& fetch : fetches) {
        ready.push_back(&fetch);
    }
    while (!ready.empty() || !waiting.empty()) {
        for (; !ready.empty(); ready.pop_front()) {
            Fetch& fetch = *ready.front();
            fetch.waits_for = wrapper(fetch.chain, fetch.value, fetch.begins);
            fetch.begins = false;
            if (fetch.waits_for) {
                const bool to_read = fetch.waits_for->to_write.empty();
                const auto to = to_read ? Interest::To::read : Interest::To::write;
                waiting.emplace(Interest{fetch.waits_for->fd, to}, &fetch);
            }
        }
        std::vector<Interest> interests;
        for (const auto& [interest, fetch] : waiting) {
            interests.push_back(interest);
        }
        if (interests.empty()) {
            break;
        }
        const std::vector<Interest> events = co_yield Poll{std::move(interests)};
        for (const Interest& event : events) {
            const bool is_done = co_await do_for(*waiting.at(event));
            if (is_done) {
                ready.push_back(waiting.extract(event).mapped());
            }
        }
    }
}

Coroutine<int> fetch_wrapper(Invocation invocation) {
    Options options(invocation);
    options.example("fetch-wrapper http://localhost:8000/ http://localhost:8000/README.md");
    const std::vector<Page> pages = co_await fetch::parse_arguments(options);
    const std::vector<Socket> servers = co_await fetch::connect_to(pages);
    std::vector<Fetch> fetches(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        Routine routine = fetch_page(servers[i].fd(), pages[i]);
        fetches[i].chain.push_back(std::make_unique<Routine>(std::move(routine)));
    }
    co_await run(fetches);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        co_await print(invocation.out, "{}", fetch::summary(pages[i], fetches[i].value));
    }
    co_return options.status();
}

const Program program("fetch-wrapper", "fetch pages at once, by calls on a stack", fetch_wrapper);

}  // namespace
}  // namespace yos
