#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/read_log.h"

namespace yos {
namespace {

Coroutine<int> dmesg(Invocation invocation) {
    Options options(invocation);
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::vector<std::string> messages = co_yield ReadLog{};
    for (const std::string& message : messages) {
        co_await print(invocation.out, "{}\n", message);
    }
    co_return 0;
}

const Program program("dmesg", "print the last messages of the kernel", dmesg);

}  // namespace
}  // namespace yos
