#include "kernel/sync/queue_orders.h"

#include "syscalls/close_channel.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/actors.h"

#include <cstdlib>
#include <functional>
#include <memory>

namespace yos {
namespace {

template <class T, class Items>
Coroutine<> send_all(Channel<T, Items>& channel, std::vector<T> values) {
    for (T& value : values) {
        co_yield Send{channel, std::move(value)};
    }
    co_yield CloseChannel{channel};
}

template <class T, class Items>
Coroutine<> receive_all(Channel<T, Items>& channel, std::vector<T>& values) {
    for (;;) {
        std::optional<T> value = co_yield Receive{channel};
        if (!value) {
            co_return;
        }
        values.push_back(*std::move(value));
    }
}

/// What comes out of a channel into which all of it has been put.
template <class Items>
std::vector<int> through(Channel<int, Items>& channel, std::vector<int> values) {
    Machine machine;
    std::vector<int> received;
    machine.kernel().spawn(send_all(channel, std::move(values)));
    machine.kernel().spawn(receive_all(channel, received));
    CHECK(machine.kernel().run() == Ending::finished);
    return received;
}

TEST_CASE("a channel gives out the oldest, the youngest, or the smallest", "[channels]") {
    const std::vector<int> values = {3, 1, 4, 1, 5};
    Channel<int> queue(9);
    CHECK(through(queue, values) == values);
    Channel<int, Stack<int>> stack(9);
    CHECK(through(stack, values) == std::vector<int>{5, 1, 4, 1, 3});
    Channel<int, PriorityQueue<int>> urgent(9);
    CHECK(through(urgent, values) == std::vector<int>{1, 1, 3, 4, 5});
    Channel<int, PriorityQueue<int, std::greater<>>> largest(9);
    CHECK(through(largest, values) == std::vector<int>{5, 4, 3, 1, 1});
}

struct LastDigit {
    bool operator()(int a, int b) const { return a % 10 < b % 10; }
};

TEST_CASE("of equal priorities the oldest goes first", "[channels]") {
    Channel<int, PriorityQueue<int, LastDigit>> channel(9);
    CHECK(through(channel, {31, 20, 11, 1, 10, 21}) == std::vector<int>{20, 10, 31, 11, 1, 21});
}

TEST_CASE("a channel of any order holds back who sends too fast", "[channels]") {
    SECTION("youngest first") {
        Channel<int, Stack<int>> channel(2);
        CHECK(through(channel, {1, 2, 3, 4, 5}).size() == 5);
    }
    SECTION("smallest first") {
        Channel<int, PriorityQueue<int>> channel(2);
        CHECK(through(channel, {5, 4, 3, 2, 1}).size() == 5);
    }
    SECTION("with no room at all, values go from hand to hand, so there is but one order") {
        Channel<int, Stack<int>> channel(0);
        CHECK(through(channel, {1, 2, 3}) == std::vector<int>{1, 2, 3});
    }
}

struct Smaller {
    bool operator()(const std::unique_ptr<int>& a, const std::unique_ptr<int>& b) const {
        return *a < *b;
    }
};

Coroutine<> send_pointers(
    Channel<std::unique_ptr<int>, PriorityQueue<std::unique_ptr<int>, Smaller>>& channel) {
    for (int i = 0; i < 50; ++i) {
        co_yield Send{channel, std::make_unique<int>((i * 37) % 50)};
    }
    co_yield CloseChannel{channel};
}

TEST_CASE("a priority queue orders what can only be moved", "[channels]") {
    Machine machine;
    Channel<std::unique_ptr<int>, PriorityQueue<std::unique_ptr<int>, Smaller>> channel(50);
    std::vector<std::unique_ptr<int>> received;
    machine.run(send_pointers(channel));
    machine.run(receive_all(channel, received));
    REQUIRE(received.size() == 50);
    for (int i = 0; i < 50; ++i) {
        CHECK(*received[static_cast<std::size_t>(i)] == i);
    }
}

TEST_CASE("a receiver that is gone takes nothing from a channel of any order", "[channels]") {
    Machine machine;
    Channel<int, PriorityQueue<int>> channel(9);
    std::vector<int> lost;
    std::vector<int> received;
    Story story;
    SECTION("killed") {
        const Tid receiver = machine.kernel().spawn(receive_all(channel, lost));
        machine.kernel().run_until(Time(1ms));
        machine.kernel().spawn(send_all(channel, {2, 1}));
        machine.kernel().spawn(kill(receiver));
        machine.kernel().spawn(receive_all(channel, received));
        machine.kernel().run();
    }
    SECTION("timed out") {
        machine.run(tell_failure(story, "", with_timeout(1ms, receive_all(channel, lost))));
        machine.kernel().spawn(send_all(channel, {2, 1}));
        machine.run(receive_all(channel, received));
    }
    lost.insert(lost.end(), received.begin(), received.end());
    CHECK(lost.size() == 2);
}

}  // namespace
}  // namespace yos
