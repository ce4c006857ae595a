// Fetches several pages at once, with futures: what fetch-callbacks does, and linear again. A
// Future is a result to come; a generator yields one, and is sent its result when that is there.
// What sends it, step(), is a callback of the future's: that is all there is to an asyncio task.

#include "programs/course/fetch/loop.h"
#include "programs/course/fetch/page.h"
#include "programs/lib/print.h"
#include "tasks/future.h"
#include "tasks/generator.h"

#include <memory>

namespace yos {
namespace {

using fetch::Loop;
using fetch::Page;
using Bytes = Future<std::string>;

Bytes read(Loop& loop, Fd server) {
    Bytes future;
    loop.read(server, [future](std::string bytes) mutable { future.set_result(std::move(bytes)); });
    return future;
}

Bytes write(Loop& loop, Fd server, std::string bytes) {
    Bytes future;
    loop.write(server, std::move(bytes), [future]() mutable { future.set_result(); });
    return future;
}

/// Yields what it waits for, is sent what that came to, and returns the answer.
using Fetching = Generator<Bytes, std::string, std::string>;

Fetching fetch_page(Loop& loop, Fd server, Page page) {
    co_yield write(loop, server, page.request());
    std::string answer;
    for (;;) {
        const std::string bytes = co_yield read(loop, server);
        if (bytes.empty()) {
            co_return answer;
        }
        answer += bytes;
    }
}

class Task : public std::enable_shared_from_this<Task> {
public:
    explicit Task(Fetching coroutine) : coroutine_(std::move(coroutine)) {}

    void begin() { step(nullptr); }

    /// A future like any other, which is set when the coroutine returns.
    const Bytes& result() const { return result_; }

private:
    /// Sends the coroutine the result that it waited for, and waits for the next.
    void step(const Bytes* done) {
        try {
            Bytes awaited = done == nullptr ? coroutine_.next() : coroutine_.send(done->result());
            awaited.add_done_callback(
                [self = shared_from_this()](const Bytes& next) { self->step(&next); });
        } catch (const StopIteration<std::string>& end) {
            result_.set_result(end.value());
        }
    }

    Fetching coroutine_;
    Bytes result_;
};

Coroutine<int> fetch_futures(Invocation invocation) {
    Options options(invocation);
    options.example("fetch-futures http://localhost:8000/ http://localhost:8000/README.md");
    const std::vector<Page> pages = co_await fetch::parse_arguments(options);
    const std::vector<Socket> servers = co_await fetch::connect_to(pages);
    Loop loop;
    std::vector<Bytes> answers;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto task = std::make_shared<Task>(fetch_page(loop, servers[i].fd(), pages[i]));
        task->begin();
        answers.push_back(task->result());
    }
    co_await loop.run();
    for (std::size_t i = 0; i < pages.size(); ++i) {
        co_await print(invocation.out, "{}", fetch::summary(pages[i], answers[i].result()));
    }
    co_return options.status();
}

const Program program("fetch-futures", "fetch pages at once, by futures and tasks", fetch_futures);

}  // namespace
}  // namespace yos
