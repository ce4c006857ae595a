#include "syscalls/receive.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> stop(Kernel& kernel) {
    co_yield Yield{};
    kernel.stop();
}

/// Fails those who wait for the channel as it is unwound.
Coroutine<> lend_a_channel(Channel<int>*& lent) {
    Channel<int> channel(0);
    lent = &channel;
    co_yield Receive{channel};
}

Coroutine<> borrow(Channel<int>*& lent) {
    co_yield Receive{*lent};
}

TEST_CASE("A machine that is stopped unwinds the tasks that are left", "[kernel]") {
    Machine machine;
    Channel<int>* lent = nullptr;
    machine.kernel().spawn(lend_a_channel(lent));
    machine.kernel().spawn(borrow(lent));
    machine.kernel().spawn(stop(machine.kernel()));
    CHECK(machine.kernel().run() == Ending::stopped);
    CHECK(machine.record.has("3 returned 0"));
    CHECK(machine.record.has("1 killed by 0"));
    CHECK(machine.record.has("2 woken by 0"));  // not by task 3, which is gone
    CHECK(machine.record.has("2 killed by 0"));
}

}  // namespace
}  // namespace yos
