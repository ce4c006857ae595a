// A second keyboard and screen for a yos that is running: what is typed here goes through a socket
// to a shell over there. Lines are edited here.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/socket.h"
#include "programs/terminal/front.h"
#include "syscalls/connect.h"

namespace yos {
namespace {

Coroutine<int> attach(Invocation invocation) {
    std::string socket;
    Options options(invocation);
    options.required("SOCKET", socket, "where the other yos listens: see its console");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Descriptor line = co_yield Connect{Address::parse("unix:" + socket)};
    const std::string history = terminal::history_of(*invocation.environment);
    terminal::Front front(invocation.in, invocation.out, line, history);
    front.leave_on_quit();
    co_await front.run();
    if (!front.status()) {
        co_await print(invocation.err, "attach: the yos at the other end has gone\n");
    }
    co_return front.status().value_or(1);
}

const Program program("attach", "a shell on a yos that is running elsewhere", attach);

}  // namespace
}  // namespace yos
