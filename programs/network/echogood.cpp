// The smallest echo server that lets others run: echobad with system calls in place of the host's.
// (The course's echogood; echo-server is the one to use.)

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/accept.h"
#include "syscalls/local_address.h"
#include "syscalls/new_task.h"
#include "syscalls/read.h"
#include "syscalls/write.h"

#include <array>

namespace yos {
namespace {

Coroutine<> handle_client(Descriptor client) {
    std::array<char, 16'384> buffer;
    while (const std::size_t got = co_yield Read{client, buffer}) {
        for (std::size_t sent = 0; sent < got;) {
            sent += co_yield Write{client, std::span<const char>(buffer).subspan(sent, got - sent)};
        }
    }
}

Coroutine<int> echogood(Invocation invocation) {
    Address where;
    Options options(invocation);
    options.required("PORT", where, "a port of this machine, or HOST:PORT, *:PORT, unix:PATH");
    options.example("echogood 9000 & ticker    goes on ticking; compare echobad");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Descriptor listener = co_yield Listen{where};
    const Address address = co_yield LocalAddress{listener};
    co_await print(invocation.out, "echogood: listening at {}\n", address.to_string());
    for (;;) {
        Descriptor client = co_yield Accept{listener};
        co_yield NewTask{handle_client(std::move(client)), "echogood-handler"};
    }
}

const Program program("echogood", "the smallest echo server that lets others run", echogood);

}  // namespace
}  // namespace yos
