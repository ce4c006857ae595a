// A module that is in use in several ways.

#include "programs/lib/print.h"
#include "programs/lib/program.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "tests/kernel/modules/lodge.h"

#include <chrono>

namespace yos {
namespace {

WaitQueue home;

Coroutine<int> lodger(Invocation invocation) {
    co_await print(invocation.out, "lodging\n");
    co_yield Lodge{home};
    co_return 0;
}

Coroutine<> child() {
    co_yield Sleep{std::chrono::hours(1)};
}

Coroutine<int> parent(Invocation invocation) {
    const Tid tid = co_yield NewTask{child()};
    co_await print(invocation.out, "child {}\n", tid);
    co_return 0;
}

Coroutine<int> greet(Invocation invocation) {
    co_await print(invocation.out, "hello from {}\n", invocation.program->name());
    co_return invocation.words.empty() ? 0 : 3;
}

const Program programs[] = {
    {"lodger", "stay for ever", lodger},
    {"parent", "leave a child behind", parent},
    {"greet", "say hello", greet},
};

}  // namespace
}  // namespace yos
