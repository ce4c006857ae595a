// Waits for a channel, a descriptor and time at once.

#include "programs/lib/print.h"
#include "programs/lib/program.h"
#include "syscalls/close_channel.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/receive.h"
#include "syscalls/select.h"
#include "syscalls/send.h"
#include "syscalls/sleep.h"
#include "syscalls/write.h"

#include <chrono>
#include <memory>

namespace examples {
namespace {

using namespace yos;
using std::chrono::milliseconds;

struct Sources {
    Channel<int> numbers{1};
    PipeEnds pipe;
};

Coroutine<> feed(std::shared_ptr<Sources> sources) {
    co_yield Sleep{milliseconds(10)};
    co_yield Send{sources->numbers, 42};
    co_yield Sleep{milliseconds(10)};
    co_await write_all(sources->pipe.writer, "bytes");
    co_yield Sleep{milliseconds(100)};
    co_yield CloseChannel{sources->numbers};
}

Coroutine<int> whatever(Invocation invocation) {
    const auto sources = std::make_shared<Sources>();
    sources->pipe = co_yield Pipe{};
    co_yield NewTask{feed(sources), "feeder"};
    std::string bytes(16, '\0');
    for (;;) {
        const auto done = co_yield Select{
            Receive{sources->numbers}, Read{sources->pipe.reader, bytes}, Sleep{milliseconds(50)}};
        if (const auto* number = std::get_if<0>(&done)) {
            if (!*number) {
                break;
            }
            co_await print(invocation.out, "number {}\n", **number);
        } else if (const auto* count = std::get_if<1>(&done)) {
            co_await print(invocation.out, "{}\n", bytes.substr(0, *count));
        } else {
            co_await print(invocation.out, "nothing for 50 ms\n");
        }
    }
    co_return 0;
}

const Program program("whatever", "waits for a channel, a pipe and time at once", whatever);

}  // namespace
}  // namespace examples
