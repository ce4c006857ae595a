// What instructions_test.py counts the instructions of: does one thing so many times.

#include "kernel/simulated/simulated_world.h"
#include "syscalls/accept.h"
#include "syscalls/connect.h"
#include "syscalls/get_tid.h"
#include "syscalls/listen.h"
#include "syscalls/local_address.h"
#include "syscalls/new_task.h"
#include "syscalls/read.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "syscalls/wait_task.h"
#include "syscalls/write.h"
#include "syscalls/yield.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

namespace yos {
namespace {

Coroutine<> yield(long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Yield{};
    }
}

Coroutine<> trap(long times) {
    for (long i = 0; i < times; ++i) {
        co_yield GetTid{};
    }
}

Coroutine<> nothing() {
    co_return;
}

Coroutine<> spawn(long times) {
    constexpr long at_once = 1'000;
    for (long i = 1; i <= times; ++i) {
        co_yield NewTask{nothing()};
        if (i % at_once == 0) {
            co_yield Yield{};
        }
    }
}

Coroutine<> join(long times) {
    for (long i = 0; i < times; ++i) {
        const Tid child = co_yield NewTask{nothing()}.joinable();
        co_yield WaitTask{child};
    }
}

Coroutine<> send(Channel<long>& channel, long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Send{channel, i};
    }
}

Coroutine<> receive(Channel<long>& channel, long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Receive{channel};
    }
}

Coroutine<> ping(Channel<long>& there, Channel<long>& back, long times) {
    for (long i = 0; i < times; ++i) {
        co_yield Send{there, i};
        co_yield Receive{back};
    }
}

Coroutine<> pong(Channel<long>& there, Channel<long>& back, long times) {
    for (long i = 0; i < times; ++i) {
        const std::optional<long> ball = co_yield Receive{there};
        co_yield Send{back, *ball};
    }
}

/// A byte there and back, over the host's loopback.
Coroutine<> echo(long times) {
    const Descriptor listener = co_yield Listen{Address::parse("127.0.0.1:0")};
    const Address here = co_yield LocalAddress{listener};
    const Descriptor client = co_yield Connect{here};
    const Descriptor server = co_yield Accept{listener};
    char byte = 'x';
    for (long i = 0; i < times / 2; ++i) {
        co_yield Write{client, {&byte, 1}};
        co_yield Read{server, {&byte, 1}};
        co_yield Write{server, {&byte, 1}};
        co_yield Read{client, {&byte, 1}};
    }
}

/// In simulated worlds.
void make_kernels(long times) {
    Kernel::Options options;
    options.world = simulated_devices;
    options.standard_streams = false;
    for (long i = 0; i < times; ++i) {
        const Kernel kernel(options);
    }
}

int run(const std::string& what, long times) {
    Kernel::Options options;
    options.virtual_time = true;
    options.standard_streams = false;
    options.io = IoBackend::epoll;
    Channel<long> large(1'024);
    Channel<long> there(1);
    Channel<long> back(1);
    Kernel kernel(options);
    const std::map<std::string, std::function<void()>> all = {
        {"yield", [&] { kernel.spawn(yield(times / 2)), kernel.spawn(yield(times / 2)); }},
        {"trap", [&] { kernel.spawn(trap(times)); }},
        {"spawn", [&] { kernel.spawn(spawn(times)); }},
        {"join", [&] { kernel.spawn(join(times)); }},
        {"message", [&] { kernel.spawn(send(large, times)), kernel.spawn(receive(large, times)); }},
        {"ping-pong",
         [&] {
             kernel.spawn(ping(there, back, times / 2));
             kernel.spawn(pong(there, back, times / 2));
         }},
        {"stream", [&] { kernel.spawn(echo(times)); }},
        {"kernel", [&] { make_kernels(times); }},
    };
    const auto found = all.find(what);
    if (found == all.end()) {
        std::fprintf(stderr, "instructions: \"%s\" is none of:", what.c_str());
        for (const auto& [name, start] : all) {
            std::fprintf(stderr, " %s", name.c_str());
        }
        std::fputs("\n", stderr);
        return 2;
    }
    found->second();
    return kernel.run() == Ending::finished ? 0 : 1;
}

}  // namespace
}  // namespace yos

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: instructions WHAT TIMES\n", stderr);
        return 2;
    }
    return yos::run(argv[1], std::atol(argv[2]));
}
