#include "programs/lib/command.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/get_tid.h"
#include "syscalls/now.h"
#include "syscalls/start_accounting.h"
#include "syscalls/task_info.h"

#include <chrono>

namespace yos {
namespace {

double in_seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

Coroutine<int> time(Invocation invocation) {
    std::vector<std::string> words;
    Options options(invocation);
    options.rest("COMMAND", words, "what to run, and with which words", true);
    options.example("time sort -n numbers");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Fd err = invocation.err;
    const Tid self = co_yield GetTid{};
    const AccountingUse accounting = co_yield StartAccounting{};
    const Time begin = co_yield Now{};
    const std::optional<TaskSnapshot> before = co_yield TaskInfo{self};
    const int status = co_await run_command(std::move(invocation), std::move(words));
    const std::optional<TaskSnapshot> after = co_yield TaskInfo{self};
    const Time end = co_yield Now{};
    co_await print(err,
                   "real {:.3f}s  cpu {:.3f}s  traps {}  switches {}\n",
                   in_seconds(end - begin),
                   in_seconds(*after->processor_time - *before->processor_time),
                   after->traps - before->traps,
                   after->switches - before->switches);
    co_return status;
}

const Program program("time", "run a program, and tell how long it took", time);

}  // namespace
}  // namespace yos
