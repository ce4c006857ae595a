// Step 7: input and output. A task that would have to wait for a socket yields ReadWait, and is not
// run until there is something to read; meanwhile the others are. Who finds out is a task like any
// other: iotask, which asks the machine below (Python's select(), here a Poll of yos's). From this
// step on, a call is handled by a subroutine of yos's, for it may have to trap. Calls of the steps
// before that the echo server does not need are left out.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/accept.h"
#include "syscalls/listen.h"
#include "syscalls/local_address.h"
#include "syscalls/poll.h"
#include "syscalls/read.h"
#include "syscalls/tried.h"
#include "syscalls/write.h"
#include "syscalls/yield.h"
#include "tasks/generator.h"

#include <any>
#include <deque>
#include <map>
#include <vector>

namespace yos {
namespace {
namespace pyos {

class Task;
class Scheduler;

class SystemCall {
public:
    virtual ~SystemCall() = default;
    virtual Coroutine<> handle(Task& task, Scheduler& scheduler) = 0;
};

using Target = Generator<SystemCall&&, std::any>;

class Task {
public:
    Task(int tid, Target target) : tid(tid), target(std::move(target)) {}

    SystemCall& run() {
        SystemCall&& call = target.send(std::exchange(sendval, {}));
        return call;
    }

    int tid;
    Target target;
    std::any sendval;
};

class Scheduler {
public:
    explicit Scheduler(std::string& out);

    int create(Target target) {
        const int tid = ++last_tid_;
        Task& task = tasks_.try_emplace(tid, tid, std::move(target)).first->second;
        schedule(task);
        return tid;
    }

    void exit(Task& task) {
        out_ += fmt::format("Task {} terminated\n", task.tid);
        tasks_.erase(task.tid);
    }

    void schedule(Task& task) { ready_.push_back(&task); }

    void wait_for_io(Task& task, Interest interest) { io_waiting_[interest] = &task; }

    bool has_ready_tasks() const { return !ready_.empty(); }

    /// Schedules those whose descriptors are ready; waits for one if there is nothing else to do.
    Coroutine<> iopoll(bool wait) {
        std::vector<Interest> interests;
        for (const auto& [interest, task] : io_waiting_) {
            interests.push_back(interest);
        }
        std::optional<Duration> patience;
        if (!wait || interests.empty()) {
            patience = Duration::zero();
        }
        const std::vector<Interest> ready = co_yield Poll{interests, patience};
        for (const Interest& interest : ready) {
            schedule(*io_waiting_.at(interest));
            io_waiting_.erase(interest);
        }
    }

    /// Until only the iotask is left, which never ends.
    Coroutine<> mainloop(Fd to) {
        while (tasks_.size() > 1) {
            Task& task = *ready_.front();
            ready_.pop_front();
            try {
                co_await task.run().handle(task, *this);
            } catch (const StopIteration<>&) {
                exit(task);
            }
            co_await write_all(to, std::exchange(out_, {}));
            co_yield yos::Yield{};
        }
    }

private:
    std::string& out_;
    std::deque<Task*> ready_;
    std::map<int, Task> tasks_;
    std::map<Interest, Task*> io_waiting_;
    int last_tid_ = 0;
};

// ---- The system calls ----

class Yield : public SystemCall {
    Coroutine<> handle(Task& task, Scheduler& scheduler) override {
        scheduler.schedule(task);
        co_return;
    }
};

class NewTask : public SystemCall {
public:
    explicit NewTask(Target target) : target_(std::move(target)) {}

    Coroutine<> handle(Task& task, Scheduler& scheduler) override {
        task.sendval = scheduler.create(std::move(target_));
        scheduler.schedule(task);
        co_return;
    }

private:
    Target target_;
};

class IoWait : public SystemCall {
public:
    IoWait(Fd fd, Interest::To to) : interest_{fd, to} {}

    Coroutine<> handle(Task& task, Scheduler& scheduler) override {
        scheduler.wait_for_io(task, interest_);
        co_return;
    }

private:
    Interest interest_;
};

class ReadWait : public IoWait {
public:
    explicit ReadWait(Fd fd) : IoWait(fd, Interest::To::read) {}
};

class WriteWait : public IoWait {
public:
    explicit WriteWait(Fd fd) : IoWait(fd, Interest::To::write) {}
};

/// A call of yos's that will not block: in Python, a method of a socket. Evaluates to its result,
/// to nothing if it fails.
template <class Call>
class Ask : public SystemCall {
public:
    template <class... Arguments>
    explicit Ask(Arguments... arguments) : call_(std::move(arguments)...) {}

    Coroutine<> handle(Task& task, Scheduler& scheduler) override {
        auto answer = co_yield Tried{std::move(call_)};
        if (answer) {
            task.sendval = std::make_shared<typename Call::Result>(*std::move(answer));
        }
        scheduler.schedule(task);
    }

private:
    Call call_;
};

template <class Call>
std::shared_ptr<typename Call::Result> result_of(const std::any& answer) {
    using Result = std::shared_ptr<typename Call::Result>;
    return answer.has_value() ? std::any_cast<Result>(answer) : nullptr;
}

class IoPoll : public SystemCall {
public:
    explicit IoPoll(bool wait) : wait_(wait) {}

    Coroutine<> handle(Task& task, Scheduler& scheduler) override {
        co_await scheduler.iopoll(wait_);
        scheduler.schedule(task);
    }

private:
    bool wait_;
};

Target iotask(Scheduler& scheduler) {
    for (;;) {
        co_yield IoPoll{!scheduler.has_ready_tasks()};
    }
}

Scheduler::Scheduler(std::string& out) : out_(out) {
    create(iotask(*this));
}

// ---- An echo server ----

using Client = std::shared_ptr<Descriptor>;

Target handle_client(std::string& out, Client client) {
    out += "Connection\n";
    std::string buffer(65'536, '\0');
    for (;;) {
        co_yield ReadWait{*client};
        const auto got = result_of<Read>(co_yield Ask<Read>{client->fd(), std::span<char>(buffer)});
        if (got == nullptr || *got == 0) {
            break;
        }
        std::span<const char> rest(buffer.data(), *got);
        while (!rest.empty()) {
            co_yield WriteWait{*client};
            const auto sent = result_of<Write>(co_yield Ask<Write>{client->fd(), rest});
            rest = rest.subspan(sent != nullptr ? *sent : rest.size());
        }
    }
    out += "Client closed\n";
}

Target server(std::string& out, Fd listener, std::string address) {
    out += fmt::format("Server starting at {}\n", address);
    for (;;) {
        co_yield ReadWait{listener};
        const Client client = result_of<Accept>(co_yield Ask<Accept>{listener});
        if (client != nullptr) {
            co_yield NewTask{handle_client(out, client)};
        }
    }
}

Target alive(std::string& out) {
    for (;;) {
        out += "I'm alive!\n";
        co_yield Yield{};
    }
}

}  // namespace pyos

Coroutine<int> pyos7(Invocation invocation) {
    Address where;
    bool alive = false;
    Options options(invocation);
    options.required("PORT", where, "where the echo server listens");
    options.flag("--alive", alive, "run a task that says all the time that it is alive");
    options.example("pyos7 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Descriptor listener = co_yield Listen{where};
    const Address address = co_yield LocalAddress{listener};
    std::string out;
    pyos::Scheduler scheduler(out);
    if (alive) {
        scheduler.create(pyos::alive(out));
    }
    scheduler.create(pyos::server(out, listener.fd(), address.to_string()));
    co_await scheduler.mainloop(invocation.out);
    co_return 0;
}

const Program program("pyos7", "an operating system, step 7: input and output", pyos7);

}  // namespace
}  // namespace yos
