// The rows by Boost.Asio's awaitables. Asio has channels only since 1.78 (and calls them
// experimental): here they are what its users write without them, a queue of values, and one of
// handlers to complete.

#include "tests/bench/measure.h"

#include <boost/asio.hpp>

#include <deque>
#include <memory>

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using benchmark::State;

/// Measures the run of what `spawn` starts in a context.
template <class Spawn>
void measure(State& state, long operations, Spawn spawn) {
    const auto make = [&] {
        auto context = std::make_unique<asio::io_context>(1);
        spawn(*context);
        return context;
    };
    bench::measure(state, operations, make, [](asio::io_context& context) { context.run(); });
}

void start(asio::io_context& context, awaitable<void> task) {
    asio::co_spawn(context, std::move(task), asio::detached);
}

awaitable<void> yield(long times) {
    for (long i = 0; i < times; ++i) {
        co_await asio::post(use_awaitable);
    }
}

void yields(State& state, int tasks) {
    constexpr long yields = 500'000;
    measure(state, yields, [&](asio::io_context& context) {
        for (int i = 0; i < tasks; ++i) {
            start(context, yield(yields / tasks));
        }
    });
}
BENCHMARK_CAPTURE(yields, 2, 2)->Name("yield-2");
BENCHMARK_CAPTURE(yields, 10000, 10'000)->Name("yield-10000");

awaitable<int> successor(int number) {
    co_return number + 1;
}

awaitable<void> call(long times) {
    int number = 0;
    for (long i = 0; i < times; ++i) {
        number = co_await successor(number);
    }
    benchmark::DoNotOptimize(number);
}

void calls(State& state) {
    constexpr long calls = 2'000'000;
    measure(state, calls, [](asio::io_context& context) { start(context, call(calls)); });
}
BENCHMARK(calls)->Name("call");

awaitable<int> depth(int levels) {
    if (levels == 0) {
        co_return 0;
    }
    co_return 1 + co_await depth(levels - 1);
}

awaitable<void> recurse(int levels, long times) {
    for (long i = 0; i < times; ++i) {
        benchmark::DoNotOptimize(co_await depth(levels));
    }
}

void recursion(State& state) {
    constexpr int levels = 1'000;
    constexpr long times = 1'000;
    measure(state, levels * times, [](asio::io_context& context) {
        start(context, recurse(levels, times));
    });
}
BENCHMARK(recursion)->Name("recursion");

awaitable<void> nothing() {
    co_return;
}

awaitable<void> spawn_batches(asio::io_context& context, int batch, long batches) {
    for (long i = 0; i < batches; ++i) {
        for (int j = 0; j < batch; ++j) {
            start(context, nothing());
        }
        co_await asio::post(use_awaitable);
    }
}

void spawns(State& state) {
    constexpr int batch = 1'000;
    constexpr long batches = 200;
    measure(state, batch * batches, [](asio::io_context& context) {
        start(context, spawn_batches(context, batch, batches));
    });
}
BENCHMARK(spawns)->Name("spawn");

awaitable<void> spawn_and_wait(asio::io_context& context, long times) {
    for (long i = 0; i < times; ++i) {
        co_await asio::co_spawn(context, nothing(), use_awaitable);
    }
}

void joins(State& state) {
    constexpr long joins = 200'000;
    measure(state, joins, [](asio::io_context& context) {
        start(context, spawn_and_wait(context, joins));
    });
}
BENCHMARK(joins)->Name("join");

/// What tasks wait for until they are woken: a queue of their completion handlers.
class Condition {
public:
    awaitable<void> wait() {
        return asio::async_initiate<const Token, void()>(
            [this](Handler handler) { waiters_.push_back(std::move(handler)); }, use_awaitable);
    }

    void wake_one() {
        if (!waiters_.empty()) {
            asio::post(std::move(waiters_.front()));
            waiters_.pop_front();
        }
    }

private:
    using Token = asio::use_awaitable_t<>;
    using Handler = asio::async_result<Token, void()>::handler_type;

    std::deque<Handler> waiters_;
};

class Channel {
public:
    explicit Channel(std::size_t capacity) : capacity_(capacity) {}

    awaitable<void> send(long value) {
        while (values_.size() == capacity_) {
            co_await room_.wait();
        }
        values_.push_back(value);
        item_.wake_one();
    }

    awaitable<long> receive() {
        while (values_.empty()) {
            co_await item_.wait();
        }
        const long value = values_.front();
        values_.pop_front();
        room_.wake_one();
        co_return value;
    }

private:
    std::size_t capacity_;
    std::deque<long> values_;
    Condition room_;
    Condition item_;
};

using SharedChannel = std::shared_ptr<Channel>;

awaitable<void> send(SharedChannel channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        co_await channel->send(i);
    }
}

awaitable<void> receive(SharedChannel channel, long messages) {
    for (long i = 0; i < messages; ++i) {
        benchmark::DoNotOptimize(co_await channel->receive());
    }
}

awaitable<void> ping(SharedChannel there, SharedChannel back, long times) {
    for (long i = 0; i < times; ++i) {
        co_await there->send(i);
        co_await back->receive();
    }
}

awaitable<void> pong(SharedChannel there, SharedChannel back, long times) {
    for (long i = 0; i < times; ++i) {
        co_await back->send(co_await there->receive());
    }
}

void ping_pong(State& state) {
    constexpr long times = 100'000;
    measure(state, 2 * times, [](asio::io_context& context) {
        const auto there = std::make_shared<Channel>(1);
        const auto back = std::make_shared<Channel>(1);
        start(context, ping(there, back, times));
        start(context, pong(there, back, times));
    });
}
BENCHMARK(ping_pong)->Name("channel-ping-pong");

void buffered_channel(State& state) {
    constexpr long messages = 500'000;
    measure(state, messages, [](asio::io_context& context) {
        const auto channel = std::make_shared<Channel>(1'024);
        start(context, send(channel, messages));
        start(context, receive(channel, messages));
    });
}
BENCHMARK(buffered_channel)->Name("channel-1024");

awaitable<void> park(std::shared_ptr<Condition> condition) {
    co_await condition->wait();
}

awaitable<void> sleep(asio::io_context& context, std::chrono::nanoseconds duration) {
    asio::steady_timer timer(context, duration);
    co_await timer.async_wait(use_awaitable);
}

/// Starts many tasks that block at once, and tells what memory each takes.
template <class Make>
void memory(State& state, asio::io_context& context, Make make) {
    constexpr long tasks = 300'000;
    while (state.KeepRunning()) {
        const double before = bench::resident_bytes();
        for (long i = 0; i < tasks; ++i) {
            start(context, make());
            if (i % 1'000 == 0) {
                context.poll();
            }
        }
        context.poll();
        state.counters["bytes"] = (bench::resident_bytes() - before) / double{tasks};
    }
}

void parked_memory(State& state) {
    asio::io_context context(1);
    const auto condition = std::make_shared<Condition>();
    memory(state, context, [&] { return park(condition); });
}
BENCHMARK(parked_memory)->Name("parked-memory")->Iterations(1);

void sleep_memory(State& state) {
    asio::io_context context(1);
    memory(state, context, [&] { return sleep(context, std::chrono::hours(1)); });
}
BENCHMARK(sleep_memory)->Name("sleep-memory")->Iterations(1);

void sleeps(State& state) {
    constexpr long sleeps = 1'000'000;
    while (state.KeepRunning()) {
        const double before = bench::cpu_seconds();
        asio::io_context context(1);
        for (long i = 0; i < sleeps; ++i) {
            start(context, sleep(context, bench::spread(i, sleeps)));
        }
        context.run();
        state.counters["s"] = bench::cpu_seconds() - before;
    }
}
BENCHMARK(sleeps)->Name("sleeps-1m")->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
