#include "programs/lib/server.h"

#include "syscalls/get_tid.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/select.h"
#include "syscalls/set_event.h"
#include "syscalls/signal_wait.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/yield.h"

#include <chrono>
#include <csignal>
#include <utility>

namespace yos {

using namespace std::chrono_literals;

namespace {

constexpr Duration grace = 800ms;  // for connections at the end

}  // namespace

/// A connection's: it is given back when the task has ended, however it has.
class Server::Place {
public:
    explicit Place(std::shared_ptr<Server> server) : server_(std::move(server)) {
        ++server_->open_;
        ++server_->connections_;
    }
    Place(Place&&) = default;
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (server_) {
            --server_->open_;
            server_->tasks_.erase(task_);
        }
    }

    void belongs_to(Tid task) {
        task_ = task;
        server_->tasks_.insert(task);
    }
    Server& server() const { return *server_; }

private:
    std::shared_ptr<Server> server_;
    Tid task_ = 0;
};

Coroutine<> Server::run(std::shared_ptr<Server> server,
                        Socket listener,
                        Handler handler,
                        std::string name) {
    const Tid self = co_yield GetTid{};
    co_yield NewTask{stop_on_interrupt(server, listener.fd(), self), "stop-on-interrupt"};
    co_await server->accept(server, std::move(listener), std::move(handler), std::move(name));
    try {
        co_await with_timeout(grace, server->wait_for_connections());
    } catch (const TimedOut&) {
        server->broken_off_ = server->open_;
    }
    co_await server->break_off_connections();
}

/// Also when the server itself has ended, so that its connections will not outlive it for long.
Coroutine<> Server::stop_on_interrupt(std::shared_ptr<Server> server, Fd listener, Tid main) {
    const std::set<int> interrupt = {SIGINT};
    co_yield Select{SignalWait{interrupt}, WaitTask{main}};
    co_yield SetEvent{server->stopping_};
    try {
        co_yield Close{listener};
    } catch (const std::system_error&) {  // it is closed
    }
}

/// Until the listener is closed.
Coroutine<> Server::accept(std::shared_ptr<Server> self,
                           Socket listener,
                           Handler handler,
                           std::string name) {
    try {
        for (;;) {
            while (open_ >= most_ && !is_stopping()) {
                co_yield Sleep{10ms};
            }
            Socket client = co_await listener.accept();
            Coroutine<> connection = handler(std::move(client));
            co_yield NewTask{serve(Place(self), std::move(connection)), name};
        }
    } catch (const std::system_error& failure) {
        if (failure.code() != std::errc::bad_file_descriptor || !is_stopping()) {
            throw;
        }
    }
}

Coroutine<> Server::serve(Place place, Coroutine<> connection) {
    const Tid self = co_yield GetTid{};
    place.belongs_to(self);
    try {
        co_await std::move(connection);
    } catch (const std::exception&) {
        ++place.server().failed_;
    }
}

Coroutine<> Server::wait_for_connections() {
    while (open_ > 0) {
        if (tasks_.empty()) {
            co_yield Yield{};  // they have not begun
        } else {
            co_yield WaitTask{*tasks_.begin()};
        }
    }
}

Coroutine<> Server::break_off_connections() {
    while (!tasks_.empty()) {
        co_yield KillTask{*tasks_.begin()};
    }
}

}  // namespace yos
