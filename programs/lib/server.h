#pragma once

// What servers have in common: a listener, a task for each client, and an end in good order. Ctrl-C
// closes the listener, so that its port is free again, and tells the clients' tasks, which finish
// what they are at.

#include "kernel/uapi/task_group.h"
#include "kernel/uapi/time.h"
#include "programs/lib/program.h"
#include "programs/lib/socket.h"
#include "syscalls/wait_event.h"
#include "tasks/coroutine.h"

#include <cstdint>
#include <functional>
#include <string>

namespace yos {

class TaskGroup;

class Server {
public:
    /// Makes what a client's task runs. A failure is complained of and ends this client alone; that
    /// the client breaks off is none.
    using Handler = std::function<Coroutine<>(Socket)>;

    /// `most` clients at once: the others wait until there is room. At the end they have `grace` to
    /// finish by themselves; then they are cancelled.
    explicit Server(std::size_t most, Duration grace) : most_(most), grace_(grace) {}
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The exit status of a server that Ctrl-C has ended: that of every program which it ends, so
    /// that a script stops there, and does not go on as if the server had come to an end by itself.
    static constexpr int interrupted_code = ExitStatus::cancelled_code;

    /// Serves until Ctrl-C, or until it is interrupted by others, which it passes on. The clients'
    /// tasks are called `name`; none outlives this. Throws as Accept does.
    Coroutine<> run(Invocation invocation, Socket listener, Handler handler, std::string name);

    /// Happens when no new work is to be begun. A client's task that waits for work waits for this,
    /// too.
    Event& stopping() { return stopping_; }
    bool is_stopping() const { return stopping_.happened; }

    std::uint64_t clients() const { return clients_; }        ///< so far
    std::uint64_t failed() const { return failed_; }          ///< of them, by an exception
    std::uint64_t broken_off() const { return broken_off_; }  ///< of them, at the end

private:
    Coroutine<> accept(Invocation invocation,
                       Socket& listener,
                       Handler handler,
                       std::string name,
                       TaskGroup& group);
    Coroutine<> serve(Invocation invocation, Coroutine<> client);
    Coroutine<> send_away(TaskGroup& group);

    const std::size_t most_;
    const Duration grace_;
    Event stopping_;
    std::uint64_t clients_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t broken_off_ = 0;
};

/// A whole server, for which that is all there is to it: says where it listens, and at the end how
/// many clients it had; evaluates to the exit status.
Coroutine<int> serve(Invocation invocation,
                     Address where,
                     std::string name,
                     Server::Handler handler);

}  // namespace yos
