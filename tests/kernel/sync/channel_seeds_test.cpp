#include "syscalls/close_channel.h"
#include "syscalls/receive.h"
#include "syscalls/send.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "tests/lib/seeds.h"

#include <array>

namespace yos {
namespace {

constexpr std::size_t items_per_sender = 8;
constexpr std::size_t senders = 6;

/// What became of each item.
struct Ledger {
    using Column = std::array<int, senders * items_per_sender>;
    Column made{};
    Column sent{};  ///< and its sender was told so
    Column received{};
    Column perished{};  ///< with whom had it at the time
    int receivers_killed = 0;
};

class Item {
public:
    Item(Ledger& ledger, std::size_t number) : ledger_(&ledger), number_(number) {
        ++ledger_->made[number_];
    }
    Item(Item&& other) noexcept
        : ledger_(std::exchange(other.ledger_, nullptr)), number_(other.number_) {}
    Item& operator=(Item&&) = delete;
    ~Item() {
        if (ledger_ != nullptr) {
            ++ledger_->perished[number_];
        }
    }

    void receive() { ++std::exchange(ledger_, nullptr)->received[number_]; }

private:
    Ledger* ledger_;
    std::size_t number_;
};

/// So that now the senders, now the receivers, are those who wait.
Coroutine<> rest(std::size_t items_so_far) {
    if (items_so_far % 3 == 2) {
        co_yield Sleep{2ms};
    }
}

Coroutine<> send_one(Channel<Item>& channel, Item item) {
    co_yield Send{channel, std::move(item)};
}

Coroutine<> send_all(Ledger& ledger, Channel<Item>& channel, std::size_t sender) {
    for (std::size_t i = 0; i < items_per_sender; ++i) {
        const std::size_t number = sender * items_per_sender + i;
        const Duration patience = std::chrono::milliseconds(i % 4 * 5);
        try {
            co_await with_timeout(patience, send_one(channel, Item(ledger, number)));
            ++ledger.sent[number];
            co_await rest(number);
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
    }
}

Coroutine<std::optional<Item>> receive_one(Channel<Item>& channel) {
    co_return co_yield Receive{channel};
}

Coroutine<> receive_all(Channel<Item>& channel, Duration patience) {
    std::size_t items = 0;
    for (bool over = false; !over;) {
        try {
            std::optional<Item> item = co_await with_timeout(patience, receive_one(channel));
            if (item) {
                item->receive();
                co_await rest(items++);
            }
            over = !item.has_value();
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
    }
}

Coroutine<> close_after(Channel<Item>& channel, std::vector<Tid> tasks) {
    for (const Tid tid : tasks) {
        co_yield WaitTask{tid};
    }
    co_yield CloseChannel{channel};
}

/// Runs senders and receivers on one channel, a villain upon all but one of the receivers.
Ledger run(Machine& machine, Channel<Item>& channel, bool with_kills) {
    Ledger ledger;
    Kernel& kernel = machine.kernel();
    std::vector<Tid> sending;
    std::vector<Tid> receiving;
    for (std::size_t sender = 0; sender < senders; ++sender) {
        sending.push_back(kernel.spawn(send_all(ledger, channel, sender)));
        receiving.push_back(kernel.spawn(receive_all(channel, 1ms + sender * 1ms)));
    }
    kernel.spawn(receive_all(channel, Duration::max()));
    kernel.spawn(close_after(channel, sending));

    int faults = 0;
    kernel.spawn(inspect(
        [&] {
            const bool value_waits = !channel.items.empty() && !channel.receivers.empty();
            const bool room_waits = channel.has_room() && !channel.senders.empty();
            return !value_waits && !room_waits;
        },
        faults));

    std::vector<Tid> victims = sending;
    victims.insert(victims.end(), receiving.begin(), receiving.end());
    kernel.spawn(harass(victims, [&, with_kills](Tid victim) {
        const bool receives = std::count(receiving.begin(), receiving.end(), victim) > 0;
        ledger.receivers_killed += with_kills && receives && kernel.find_alive(victim) ? 1 : 0;
        return with_kills;
    }));
    CHECK(kernel.run() == Ending::finished);
    CHECK(faults == 0);
    return ledger;
}

void check(const Ledger& ledger) {
    int lost = 0;
    for (std::size_t i = 0; i < ledger.made.size(); ++i) {
        CHECK(ledger.received[i] + ledger.perished[i] == ledger.made[i]);
        CHECK(ledger.made[i] <= 1);
        lost += ledger.sent[i] != 0 && ledger.received[i] == 0 ? 1 : 0;
    }
    CHECK(lost <= ledger.receivers_killed);
}

TEST_CASE("Whatever the order, a channel neither loses nor doubles a value", "[channel][seeds]") {
    for (const std::size_t capacity : {0, 1, 3}) {
        for_many_seeds([&](Machine& machine) {
            Channel<Item> channel(capacity);
            const Ledger ledger = run(machine, channel, false);
            check(ledger);
            CHECK(ledger.sent == ledger.received);
            CHECK(channel.items.empty());
        });
    }
}

TEST_CASE("Whatever the order, a value is lost only with the task that had received it",
          "[channel][seeds]") {
    for (const std::size_t capacity : {0, 1, 3}) {
        for_many_seeds([&](Machine& machine) {
            Channel<Item> channel(capacity);
            check(run(machine, channel, true));
            CHECK(channel.items.empty());
        });
    }
}

}  // namespace
}  // namespace yos
