// A coroutine on the other side of a queue: it runs on a host thread, and whoever puts lines into
// the queue need not know. Only the queue is touched by both.

#include "programs/lib/line_reader.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/in_thread.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"
#include "tasks/generator.h"

#include <condition_variable>
#include <deque>
#include <mutex>

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

/// Feeds a coroutine on a thread with what comes to the mailbox, and prints what it has found.
Coroutine<> run_in_thread(std::shared_ptr<Mailbox> mailbox, std::string pattern, Fd out) {
    auto consume = [mailbox, pattern] {
        std::string found;
        Sink target = primed(grep(pattern, found));
        while (std::optional<std::string> line = mailbox->take()) {
            target.send(*std::move(line));
        }
        return found;
    };
    const std::string found = co_yield InThread{consume};
    co_await write_all(out, found);
}

/// Closes the mailbox whatever comes, or else the thread would wait for ever.
class Feeding {
public:
    explicit Feeding(Mailbox& mailbox) : mailbox_(mailbox) {}
    Feeding(const Feeding&) = delete;
    Feeding& operator=(const Feeding&) = delete;
    ~Feeding() { mailbox_.close(); }

private:
    Mailbox& mailbox_;
};

Coroutine<> feed(std::shared_ptr<Mailbox> mailbox, Fd in) {
    const Feeding feeding(*mailbox);
    LineReader lines(in);
    while (std::optional<std::string> line = co_await lines.read_line()) {
        mailbox->put(*std::move(line));
    }
}

Coroutine<int> cothread(Invocation invocation) {
    std::string pattern;
    Options options(invocation);
    options.required("TEXT", pattern, "print the lines that this is part of");
    options.example("words | cothread ion");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const auto mailbox = std::make_shared<Mailbox>();
    const Tid consumer =
        co_yield NewTask{run_in_thread(mailbox, pattern, invocation.out), "cothread-consumer"};
    co_await feed(mailbox, invocation.in);
    co_yield WaitTask{consumer};
    co_return 0;
}

const Program program("cothread", "a coroutine on a host thread, behind a queue", cothread);

}  // namespace
}  // namespace yos
