#pragma once

// What servers have in common: a listener, a task for each connection, and an end in good order.
// Ctrl-C closes the listener, so that its port is free again, and tells the connections, which
// finish what they are at.

#include "programs/lib/socket.h"
#include "syscalls/wait_event.h"
#include "tasks/coroutine.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>

namespace yos {

class Server {
public:
    /// Makes what serves a connection. A failure that it throws ends this connection only.
    using Handler = std::function<Coroutine<>(Socket)>;

    /// `most` connections at once: the others wait until there is room.
    explicit Server(std::size_t most) : most_(most) {}
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Serves until Ctrl-C. Connections that are not done a little later are ended. Their tasks are
    /// called `name`. Throws as Accept does.
    static Coroutine<> run(std::shared_ptr<Server> server,
                           Socket listener,
                           Handler handler,
                           std::string name);

    /// Happens when no new work is to be begun. A connection that waits for work waits for this,
    /// too.
    Event& stopping() { return stopping_; }
    bool is_stopping() const { return stopping_.happened; }

    std::uint64_t connections() const { return connections_; }  ///< so far
    std::uint64_t failed() const { return failed_; }            ///< of them, by an exception
    std::uint64_t broken_off() const { return broken_off_; }    ///< of them, at the end

private:
    class Place;

    static Coroutine<> stop_on_interrupt(std::shared_ptr<Server> server, Fd listener, Tid main);
    static Coroutine<> serve(Place place, Coroutine<> connection);

    Coroutine<> accept(std::shared_ptr<Server> self,
                       Socket listener,
                       Handler handler,
                       std::string name);
    Coroutine<> wait_for_connections();
    Coroutine<> break_off_connections();

    std::size_t most_;
    std::size_t open_ = 0;  // connections
    std::set<Tid> tasks_;   // that serve them
    Event stopping_;
    std::uint64_t connections_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t broken_off_ = 0;
};

}  // namespace yos
