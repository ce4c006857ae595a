// A coroutine on the other side of a queue: it runs on a host thread, and whoever puts lines into
// the queue need not know. Only the queue is touched by both.

#include "programs/lib/line_reader.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/bypass_kernel.h"
#include "syscalls/in_thread.h"
#include "tasks/generator.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace yos {
namespace {

/// Lines on their way from one thread to another.
class Mailbox {
public:
    void put(std::string line) {
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
        changed_.notify_one();
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_one();
    }

    /// Waits for the next line; none when it is closed and empty.
    std::optional<std::string> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !lines_.empty(); });
        if (lines_.empty()) {
            return std::nullopt;
        }
        std::string line = std::move(lines_.front());
        lines_.pop_front();
        return line;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> lines_;
    bool closed_ = false;
};

using Sink = Generator<void, std::string>;

Sink grep(std::string pattern, std::string& found) {
    for (;;) {
        const std::string line = co_yield nothing;
        if (line.find(pattern) != std::string::npos) {
            found += line + "\n";
        }
    }
}

/// A coroutine that runs on a thread of its own, fed through a mailbox.
class ThreadedGrep {
public:
    explicit ThreadedGrep(std::string pattern)
        : target_(primed(grep(std::move(pattern), found_))), thread_([this] { consume(); }) {}
    ThreadedGrep(const ThreadedGrep&) = delete;
    ThreadedGrep& operator=(const ThreadedGrep&) = delete;
    ~ThreadedGrep() { close(); }

    void send(std::string line) { mailbox_.put(std::move(line)); }

    /// Waits until it has had all that was sent; evaluates to what it has found.
    std::string close() {
        mailbox_.close();
        if (thread_.joinable()) {
            thread_.join();
        }
        return std::exchange(found_, {});
    }

private:
    void consume() {
        while (std::optional<std::string> line = mailbox_.take()) {
            target_.send(*std::move(line));
        }
    }

    std::string found_;  // like the target, the thread's as long as there is one
    Sink target_;
    Mailbox mailbox_;
    std::thread thread_;
};

Coroutine<int> cothread(Invocation invocation) {
    std::string pattern;
    Options options(invocation);
    options.required("TEXT", pattern, "print the lines that this is part of");
    options.example("words | cothread ion");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_yield BypassKernel{};
    const auto target = std::make_shared<ThreadedGrep>(pattern);
    LineReader lines(invocation.in);
    while (std::optional<std::string> line = co_await lines.read_line()) {
        target->send(*std::move(line));
    }
    auto close = [target] { return target->close(); };
    const std::string found = co_yield InThread{close};  // for it may take a while
    co_await write_all(invocation.out, found);
    co_return 0;
}

const Program program("cothread", "a coroutine on a host thread, behind a queue", cothread);

}  // namespace
}  // namespace yos
