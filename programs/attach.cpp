// A second keyboard and screen for a yos that is running: what is typed here goes through a socket
// to a shell over there. Lines are edited here.

#include "programs/lib/options.h"
#include "programs/lib/socket.h"
#include "programs/terminal/front.h"
#include "syscalls/connect.h"
#include "syscalls/new_task.h"
#include "syscalls/wait_task.h"

namespace yos {
namespace {

Coroutine<int> attach(Invocation invocation) {
    std::string socket;
    Options options(invocation);
    options.required("SOCKET", socket, "where the other yos listens: see its console");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Descriptor connection = co_yield Connect{Address::parse("unix:" + socket)};
    const Tid front =
        co_yield NewTask{terminal::run_front(invocation.in,
                                             invocation.out,
                                             std::move(connection),
                                             terminal::history_of(*invocation.environment)),
                         "front"}
            .joinable();
    const std::optional<ExitStatus> exit = co_yield WaitTask{front};
    co_return exit && exit->how == ExitStatus::How::returned ? 0 : 1;
}

const Program program("attach", "a shell on a yos that is running elsewhere", attach);

}  // namespace
}  // namespace yos
