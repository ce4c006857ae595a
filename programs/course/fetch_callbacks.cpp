// Fetches several pages at once, the way it was done with callbacks. What happens to one page,
// first write, then read until the end, is a line of thought; here it is cut into pieces that pass
// each other on, and what would be a local variable lives on the heap. Compare fetch-futures, which
// does the same job, and fetch-wrapper.

#include "programs/course/fetch/loop.h"
#include "programs/course/fetch/page.h"
#include "programs/lib/print.h"

#include <memory>

namespace yos {
namespace {

using fetch::Loop;
using fetch::Page;
using Then = std::function<void(std::string)>;

/// There is no loop to be written: each piece of the answer asks for the next.
void read_rest(Loop& loop, Fd server, std::shared_ptr<std::string> answer, Then then) {
    loop.read(server, [&loop, server, answer, then](const std::string& bytes) {
        if (bytes.empty()) {
            then(*answer);
        } else {
            *answer += bytes;
            read_rest(loop, server, answer, then);
        }
    });
}

void fetch_page(Loop& loop, Fd server, const Page& page, Then then) {
    loop.write(server, page.request(), [&loop, server, then] {
        read_rest(loop, server, std::make_shared<std::string>(), then);
    });
}

Coroutine<int> fetch_callbacks(Invocation invocation) {
    Options options(invocation);
    options.example("fetch-callbacks http://localhost:8000/ http://localhost:8000/README.md");
    const std::vector<Page> pages = co_await fetch::parse_arguments(options);
    const std::vector<Socket> servers = co_await fetch::connect_to(pages);
    Loop loop;
    std::vector<std::string> answers(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        fetch_page(loop, servers[i].fd(), pages[i], [&answers, i](std::string answer) {
            answers[i] = std::move(answer);
        });
    }
    co_await loop.run();
    for (std::size_t i = 0; i < pages.size(); ++i) {
        co_await print(invocation.out, "{}", fetch::summary(pages[i], answers[i]));
    }
    co_return options.status();
}

const Program program("fetch-callbacks", "fetch pages at once, by callbacks", fetch_callbacks);

}  // namespace
}  // namespace yos
