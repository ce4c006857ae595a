#pragma once

// What all servers have in common: they listen, serve each client in a task of its own, and stop
// when they are interrupted.

#include "programs/lib/program.h"
#include "programs/lib/socket.h"

#include <functional>
#include <string>

namespace yos {

/// Makes what a client's task runs. A failure is complained of and ends this client alone; that the
/// client breaks off is none.
using HandleClient = std::function<Coroutine<>(Socket)>;

/// Says where it listens, and serves until it is interrupted, by Ctrl-C or as any task. Then it
/// cancels its clients' tasks, kills those that take more than half a second to clean up, and says
/// how many it had; evaluates to the exit status. `name` is that of the clients' tasks. Throws as
/// Listen and accept do, and passes on an interruption by others.
Coroutine<int> serve(Invocation invocation, Address where, std::string name, HandleClient handle);

}  // namespace yos
