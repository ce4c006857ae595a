// Kernels share nothing: each may run on a thread of its own.

#include "kernel/doors/run_hash.h"
#include "syscalls/in_thread.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/random.h"
#include "syscalls/read.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "syscalls/write.h"
#include "tests/lib/machine.h"

#include <array>
#include <thread>

namespace yos {
namespace {

Coroutine<> write_bytes(Fd out, int count) {
    std::array<char, 1> byte{'x'};
    const std::span<char> bytes(byte);
    for (int i = 0; i < count; ++i) {
        co_yield Write{out, bytes};
        const std::uint64_t bits = co_yield Random{};
        co_yield Sleep{Duration(bits % 100)};
    }
}

/// A bit of everything; the sum of it.
Coroutine<> work(std::size_t& sum) {
    const PipeEnds ends = co_yield Pipe{};
    std::vector<Tid> children;
    for (int i = 0; i < 10; ++i) {
        const Tid child = co_yield NewTask{write_bytes(ends.writer, 50)};
        children.push_back(child);
    }
    std::array<char, 64> buffer{};
    const std::span<char> bytes(buffer);
    for (int left = 500; left > 0;) {
        const std::size_t got = co_yield Read{ends.reader, bytes};
        left -= static_cast<int>(got);
        sum += got;
    }
    for (const Tid child : children) {
        co_yield WaitTask{child};
    }
    const auto seven = [] { return std::size_t{7}; };
    const std::size_t from_thread = co_yield InThread{seven};
    sum += from_thread;
}

struct Result {
    std::size_t sum = 0;
    std::uint64_t hash = 0;
    long frames_left = 0;

    bool operator==(const Result&) const = default;
};

Result run_a_kernel() {
    const long before = Recycler::live();
    Result result;
    {
        Kernel::Options options = Machine::options();
        options.seed = 7;
        Kernel kernel(options);
        RunHash hash;
        kernel.attach(hash);
        kernel.spawn(work(result.sum));
        kernel.run();
        result.hash = hash.value();
    }
    result.frames_left = Recycler::live() - before;
    return result;
}

TEST_CASE("several kernels run on several threads at once, each as if it were alone", "[kernel]") {
    const Result alone = run_a_kernel();
    CHECK(alone.sum == 507);
    CHECK(alone.frames_left == 0);

    std::array<Result, 8> results;
    std::vector<std::thread> threads;
    for (Result& result : results) {
        threads.emplace_back([&] { result = run_a_kernel(); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const Result& result : results) {
        CHECK(result == alone);
    }
}

TEST_CASE("two kernels take turns on one thread", "[kernel]") {
    Machine one;
    Machine other;
    std::size_t sum = 0;
    one.kernel().spawn(work(sum));
    other.kernel().spawn(work(sum));
    CHECK(one.kernel().run() == Ending::finished);
    CHECK(other.kernel().run() == Ending::finished);
    CHECK(sum == 2 * 507);
}

}  // namespace
}  // namespace yos
