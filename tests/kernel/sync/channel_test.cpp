#include "syscalls/close_channel.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "tests/lib/actors.h"

#include <memory>

namespace yos {
namespace {

Coroutine<> send(Story& story, Channel<int>& channel, std::vector<int> values) {
    for (const int value : values) {
        co_yield Send{channel, value};
        story.push_back("sent " + std::to_string(value));
    }
}

Coroutine<> close(Channel<int>& channel) {
    co_yield CloseChannel{channel};
}

/// Receives until the channel is closed, or `most` times.
Coroutine<> receive(Story& story, std::string name, Channel<int>& channel, int most = 1000) {
    for (int i = 0; i < most; ++i) {
        const std::optional<int> value = co_yield Receive{channel};
        story.push_back(name + " got " + (value ? std::to_string(*value) : "none"));
        if (!value) {
            break;
        }
    }
}

TEST_CASE("A channel gives out its values in the order they were sent", "[channel]") {
    Machine machine;
    Channel<int> channel(3);
    Story story;
    machine.kernel().spawn(send(story, channel, {1, 2, 3}));
    CHECK(machine.run(receive(story, "ann", channel, 3)) == Ending::finished);
    CHECK(story == Story{"sent 1", "sent 2", "sent 3", "ann got 1", "ann got 2", "ann got 3"});
}

TEST_CASE("Send waits while the channel is full", "[channel]") {
    Machine machine;
    Channel<int> channel(1);
    Story story;
    machine.kernel().spawn(send(story, channel, {1, 2, 3}));
    CHECK(machine.run(receive(story, "ann", channel, 3)) == Ending::finished);
    CHECK(story == Story{"sent 1", "ann got 1", "sent 2", "ann got 2", "sent 3", "ann got 3"});
}

TEST_CASE("A channel without room lets Send wait for a Receive", "[channel]") {
    Machine machine;
    Channel<int> channel(0);
    Story story;
    machine.kernel().spawn(send(story, channel, {1}));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story.empty());
    CHECK(channel.items.empty());

    machine.kernel().spawn(send(story, channel, {2, 3}));
    CHECK(machine.run(receive(story, "ann", channel, 2)) == Ending::finished);
    CHECK(story == Story{"sent 2", "ann got 2", "sent 3", "ann got 3"});
}

TEST_CASE("A channel without room takes no more values than there are receivers", "[channel]") {
    Machine machine;
    Channel<int> channel(0);
    Story story;
    machine.kernel().spawn(receive(story, "ann", channel, 1));
    machine.kernel().spawn(send(story, channel, {1, 2}));
    CHECK(machine.kernel().run() == Ending::deadlocked);
    CHECK(story == Story{"sent 1", "ann got 1"});
    CHECK(channel.items.empty());
}

TEST_CASE("A sender whose receiver is killed before it could take the value waits for another",
          "[channel]") {
    Machine machine;
    Channel<int> channel(0);
    Story story;
    machine.kernel().spawn(send(story, channel, {1}));
    const Tid ann = machine.kernel().spawn(receive(story, "ann", channel, 1));
    machine.kernel().spawn(kill(ann));
    SECTION("who does not come") {
        CHECK(machine.kernel().run() == Ending::deadlocked);
        CHECK(story.empty());
    }
    SECTION("who comes") {
        machine.kernel().spawn(receive(story, "bob", channel, 1));
        CHECK(machine.kernel().run() == Ending::finished);
        CHECK(story == Story{"sent 1", "bob got 1"});
    }
    CHECK(channel.items.empty());
}

TEST_CASE("Receivers get their values first come, first served", "[channel]") {
    Machine machine;
    Channel<int> channel(3);
    Story story;
    for (const char* name : {"ann", "bob", "cid"}) {
        machine.kernel().spawn(receive(story, name, channel, 1));
    }
    CHECK(machine.run(send(story, channel, {1, 2, 3})) == Ending::finished);
    CHECK(story == Story{"sent 1", "sent 2", "sent 3", "ann got 1", "bob got 2", "cid got 3"});
}

TEST_CASE("Senders get room first come, first served", "[channel]") {
    Machine machine;
    Channel<int> channel(1);
    Story story;
    for (const int value : {1, 2, 3, 4}) {
        machine.kernel().spawn(send(story, channel, {value}));
    }
    CHECK(machine.run(receive(story, "ann", channel, 4)) == Ending::finished);
    CHECK(story == Story{"sent 1",
                         "ann got 1",
                         "sent 2",
                         "ann got 2",
                         "sent 3",
                         "ann got 3",
                         "sent 4",
                         "ann got 4"});
}

TEST_CASE("A receiver that queues up behind a woken one gets the next value", "[channel]") {
    Machine machine;
    Channel<int> channel(2);
    Story story;
    machine.kernel().spawn(receive(story, "ann", channel, 1));
    machine.kernel().spawn(send(story, channel, {1, 2}));
    machine.kernel().spawn(receive(story, "bob", channel, 1));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"sent 1", "sent 2", "ann got 1", "bob got 2"});
}

TEST_CASE("A receiver that queues up behind a woken one hears of the close", "[channel]") {
    Machine machine;
    Channel<int> channel(2);
    Story story;
    machine.kernel().spawn(receive(story, "ann", channel, 1));
    machine.kernel().spawn(send(story, channel, {1}));
    machine.kernel().spawn(close(channel));
    machine.kernel().spawn(receive(story, "bob", channel, 1));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"sent 1", "ann got 1", "bob got none"});
}

TEST_CASE("A sender that queues up behind a woken one gets room too", "[channel]") {
    Machine machine;
    Channel<int> channel(2);
    Story story;
    channel.items.emplace_back(1);
    channel.items.emplace_back(2);
    machine.kernel().spawn(send(story, channel, {3}));
    machine.kernel().spawn(receive(story, "ann", channel, 2));
    machine.kernel().spawn(send(story, channel, {4}));
    CHECK(machine.kernel().run() == Ending::finished);
    CHECK(story == Story{"ann got 1", "ann got 2", "sent 3", "sent 4"});
}

TEST_CASE("A closed channel gives what is in it, then nothing", "[channel]") {
    Machine machine;
    Channel<int> channel(3);
    Story story;
    machine.kernel().spawn(send(story, channel, {1, 2}));
    machine.kernel().spawn(close(channel));
    CHECK(machine.run(receive(story, "ann", channel)) == Ending::finished);
    CHECK(story == Story{"sent 1", "sent 2", "ann got 1", "ann got 2", "ann got none"});
}

TEST_CASE("CloseChannel tells all who wait to receive", "[channel]") {
    Machine machine;
    Channel<int> channel(0);
    Story story;
    machine.kernel().spawn(receive(story, "ann", channel));
    machine.kernel().spawn(receive(story, "bob", channel));
    CHECK(machine.run(close(channel)) == Ending::finished);
    CHECK(story == Story{"ann got none", "bob got none"});
}

TEST_CASE("CloseChannel fails those who wait to send, and who send later, with EPIPE",
          "[channel]") {
    Machine machine;
    Channel<int> channel(0);
    Story story;
    machine.kernel().spawn(tell_failure(story, "ann", send(story, channel, {1})));
    machine.kernel().spawn(close(channel));
    machine.kernel().spawn(close(channel));
    CHECK(machine.run(tell_failure(story, "bob", send(story, channel, {2}))) == Ending::finished);
    CHECK(story == Story{"bob: Broken pipe", "ann: Broken pipe"});
    CHECK(channel.items.empty());
}

Coroutine<> destroy(std::unique_ptr<Channel<int>> channel) {
    channel.reset();
    co_return;
}

TEST_CASE("A channel that is destroyed fails those who wait for it", "[channel]") {
    Machine machine;
    auto channel = std::make_unique<Channel<int>>(0);
    Channel<int>& known = *channel;
    Story story;
    SECTION("to receive") {
        machine.kernel().spawn(tell_failure(story, "ann", receive(story, "ann", known)));
        machine.kernel().spawn(tell_failure(story, "bob", receive(story, "bob", known)));
    }
    SECTION("to send") {
        machine.kernel().spawn(tell_failure(story, "ann", send(story, known, {1})));
        machine.kernel().spawn(tell_failure(story, "bob", send(story, known, {2})));
    }
    CHECK(machine.run(destroy(std::move(channel))) == Ending::finished);
    CHECK(story == Story{"ann: Identifier removed", "bob: Identifier removed"});
}

Coroutine<> pass_on(Channel<std::unique_ptr<int>>& from, Channel<std::unique_ptr<int>>& to) {
    std::optional<std::unique_ptr<int>> value = co_yield Receive{from};
    co_yield Send{to, std::move(*value)};
}

Coroutine<> take(Channel<std::unique_ptr<int>>& from, int& taken) {
    std::optional<std::unique_ptr<int>> value = co_yield Receive{from};
    taken = **value;
}

TEST_CASE("A channel carries values that can only be moved", "[channel]") {
    Machine machine;
    Channel<std::unique_ptr<int>> first(1);
    Channel<std::unique_ptr<int>> second(0);
    first.items.emplace_back(std::make_unique<int>(7));
    int taken = 0;
    machine.kernel().spawn(pass_on(first, second));
    CHECK(machine.run(take(second, taken)) == Ending::finished);
    CHECK(taken == 7);
}

/// Breaks the first attempt to move it.
struct Fragile {
    Fragile() = default;
    Fragile(Fragile&& other) : untouched(false) {
        if (std::exchange(other.untouched, false)) {
            throw std::runtime_error("slipped");
        }
    }
    bool untouched = true;
};

Coroutine<> receive_fragile(Story& story, std::string name, Channel<Fragile>& channel) {
    std::string how = "let it slip";
    try {
        co_yield Receive{channel};
        how = "got it";
    } catch (const std::runtime_error&) {
    }
    story.push_back(name + " " + how);
}

Coroutine<> put_fragile(Channel<Fragile>& channel) {
    channel.items.emplace_back();
    channel.receivers.wake_one();
    co_return;
}

TEST_CASE("A Receive that fails leaves the value to the next in line", "[channel]") {
    Machine machine;
    Channel<Fragile> channel(1);
    Story story;
    machine.kernel().spawn(receive_fragile(story, "ann", channel));
    machine.kernel().spawn(receive_fragile(story, "bob", channel));
    CHECK(machine.run(put_fragile(channel)) == Ending::finished);
    CHECK(story == Story{"ann let it slip", "bob got it"});
}

}  // namespace
}  // namespace yos
