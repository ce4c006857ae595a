// Step 8: subroutines. A task may yield another generator, which is run in its place until it
// returns: a call pushes it on the task's stack, its return pops it, and what it returns the caller
// is sent. That is the trampoline. Now to wait and to read are one subroutine, and a socket is an
// object whose methods are called: `co_yield client.recv(...)`.
//
// (A generator of yos's can do the same by co_await, without a stack of the task's; and so does
// every Coroutine, see tasks/call_stack.h.)

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

/// What a task yields: a system call, or a subroutine to be called.
class Yielded;
using Target = Generator<Yielded, std::any, std::any>;

class Yielded {
public:
    Yielded(SystemCall&& call) : call(&call) {}  // NOLINT(google-explicit-constructor)
    Yielded(Target callee);                      // NOLINT(google-explicit-constructor)

    SystemCall* call = nullptr;  // in the frame of who yields it
    std::unique_ptr<Target> callee;
};

Yielded::Yielded(Target callee) : callee(std::make_unique<Target>(std::move(callee))) {}

class Task {
public:
    Task(int tid, Target target) : tid(tid) { stack.push_back(std::move(target)); }

    /// The trampoline. Runs until the next system call; throws StopIteration at the end.
    SystemCall& run() {
        for (;;) {
            try {
                Yielded yielded = resume();
                if (yielded.call != nullptr) {
                    return *yielded.call;
                }
                stack.push_back(std::move(*yielded.callee));
            } catch (const StopIteration<std::any>& returned) {
                sendval = returned.value();
                pop();
            } catch (...) {
                exception = std::current_exception();
                pop();
            }
        }
    }

    int tid;
    std::vector<Target> stack;
    std::any sendval;
    std::exception_ptr exception;  // left the callee, for its caller

private:
    Yielded resume() {
        return exception ? stack.back().throw_in(std::exchange(exception, nullptr))
                         : stack.back().send(std::exchange(sendval, {}));
    }

    /// For handlers: the outermost does not go, but throws on what is being handled.
    void pop() {
        if (stack.size() == 1) {
            throw;
        }
        stack.pop_back();
    }
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

// ---- A socket, whose methods are subroutines ----

class Socket {
public:
    explicit Socket(std::shared_ptr<Descriptor> socket) : socket_(std::move(socket)) {}

    Target accept() const {
        co_yield ReadWait{*socket_};
        co_return co_yield Ask<Accept>{socket_->fd()};
    }

    /// Evaluates to an empty string at the end.
    Target recv(std::size_t most) const {
        std::string data(most, '\0');
        co_yield ReadWait{*socket_};
        const auto got = result_of<Read>(co_yield Ask<Read>{socket_->fd(), std::span<char>(data)});
        data.resize(got != nullptr ? *got : 0);
        co_return data;
    }

    /// Sends all of it.
    Target send(std::string data) const {
        std::span<const char> rest(data);
        while (!rest.empty()) {
            co_yield WriteWait{*socket_};
            const auto sent = result_of<Write>(co_yield Ask<Write>{socket_->fd(), rest});
            rest = rest.subspan(sent != nullptr ? *sent : rest.size());
        }
        co_return std::any();
    }

private:
    std::shared_ptr<Descriptor> socket_;
};

// ---- An echo server ----

Target handle_client(std::string& out, Socket client) {
    out += "Connection\n";
    for (;;) {
        const auto data = std::any_cast<std::string>(co_yield client.recv(65'536));
        if (data.empty()) {
            break;
        }
        co_yield client.send(data);
    }
    out += "Client closed\n";
    co_return std::any();
}

Target server(std::string& out, Socket listener, std::string address) {
    out += fmt::format("Server starting at {}\n", address);
    for (;;) {
        const auto client = result_of<Accept>(co_yield listener.accept());
        if (client != nullptr) {
            co_yield NewTask{handle_client(out, Socket(client))};
        }
    }
}

}  // namespace pyos

Coroutine<int> pyos8(Invocation invocation) {
    Address where;
    Options options(invocation);
    options.required("PORT", where, "where the echo server listens");
    options.example("pyos8 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Descriptor descriptor = co_yield Listen{where};
    const Address address = co_yield LocalAddress{descriptor};
    const pyos::Socket listener(std::make_shared<Descriptor>(std::move(descriptor)));
    std::string out;
    pyos::Scheduler scheduler(out);
    scheduler.create(pyos::server(out, listener, address.to_string()));
    co_await scheduler.mainloop(invocation.out);
    co_return 0;
}

const Program program("pyos8", "an operating system, step 8: subroutines", pyos8);

}  // namespace
}  // namespace yos
