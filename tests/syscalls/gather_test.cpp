#include "syscalls/gather.h"

#include "syscalls/first_of.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"

#include <array>
#include <memory>

namespace yos {
namespace {

Coroutine<int> number(Story& story, int value, Duration after) {
    const Mortal frame(story, std::to_string(value));
    co_yield Sleep{after};
    co_return value;
}

Coroutine<std::unique_ptr<int>> pointer(int value) {
    co_return std::make_unique<int>(value);
}

Coroutine<> rest(Duration duration) {
    co_yield Sleep{duration};
}

Coroutine<int> fail_after(Duration duration) {
    co_yield Sleep{duration};
    throw std::system_error(std::make_error_code(std::errc::io_error));
}

Coroutine<> gather_three(Story& story, int& sum) {
    auto [first, nothing, second] = co_await gather(number(story, 1, 3ms), rest(2ms), pointer(40));
    static_assert(std::is_same_v<decltype(nothing), std::monostate>);
    sum = first + *second;
}

TEST_CASE("gather calls subroutines at once, and has all their values", "[gather]") {
    Machine machine;
    Story story;
    int sum = 0;
    machine.run(gather_three(story, sum));
    CHECK(sum == 41);
    CHECK(machine.kernel().now() == Time(3ms));
}

Coroutine<> gather_many(Story& story, std::vector<int>& values) {
    std::vector<Coroutine<int>> subroutines;
    for (int i = 5; i > 0; --i) {
        subroutines.push_back(number(story, i, std::chrono::milliseconds(i)));
    }
    values = co_await gather(std::move(subroutines));
}

TEST_CASE("gather keeps the order of the subroutines, whoever returns first", "[gather]") {
    Machine machine;
    Story story;
    std::vector<int> values;
    machine.run(gather_many(story, values));
    CHECK(values == std::vector<int>{5, 4, 3, 2, 1});
    CHECK(story == Story{"1 gone", "2 gone", "3 gone", "4 gone", "5 gone"});
    CHECK(machine.kernel().now() == Time(5ms));
}

Coroutine<> gather_nothing() {
    const std::vector<int> none = co_await gather(std::vector<Coroutine<int>>());
    CHECK(none.empty());
    co_await gather();
}

TEST_CASE("gather of nothing is nothing", "[gather]") {
    Machine machine;
    CHECK(machine.run(gather_nothing()) == Ending::finished);
}

Coroutine<> gather_failing(Story& story) {
    co_await gather(number(story, 1, 1h), fail_after(1ms));
}

TEST_CASE("gather fails as the first that fails, and the others are gone by then", "[gather]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "gather", gather_failing(story)));
    CHECK(story == Story{"1 gone", "gather: Input/output error"});
    CHECK(machine.kernel().now() == Time(1ms));
}

Coroutine<> gather_for_ever(Story& story) {
    co_await gather(number(story, 1, 1h), number(story, 2, 1h));
}

TEST_CASE("gather leaves nobody behind", "[gather]") {
    Machine machine;
    Story story;
    SECTION("when its time is up") {
        machine.run(tell_failure(story, "gather", with_timeout(1ms, gather_for_ever(story))));
        CHECK(story == Story{"1 gone", "2 gone", "gather: Connection timed out"});
    }
    SECTION("when its caller is killed") {
        const Tid caller = machine.kernel().spawn(gather_for_ever(story));
        machine.kernel().run_until(Time(1ms));
        machine.run(kill(caller));
        CHECK(story == Story{"2 gone", "1 gone"});
    }
    SECTION("when its caller is cancelled") {
        const Tid caller = machine.kernel().spawn(gather_for_ever(story));
        machine.kernel().run_until(Time(1ms));
        machine.run(cancel(caller));
        CHECK(story == Story{"1 gone", "2 gone"});
    }
    CHECK(machine.kernel().now() < Time(1h));
}

TEST_CASE("gather passes on that there are no more tasks", "[gather]") {
    Kernel::Options options = Machine::options();
    options.max_tasks = 2;
    Machine machine(options);
    Story story;
    machine.run(tell_failure(story, "gather", gather_for_ever(story)));
    CHECK(story == Story{"gather: Resource temporarily unavailable"});
    CHECK(machine.kernel().now() == Time());
}

// ---- first_of ----

Coroutine<> race_numbers(Story& story, int& winner) {
    const auto [slow, fast, nothing] =
        co_await first_of(number(story, 1, 9ms), number(story, 2, 4ms), rest(5ms));
    CHECK(!slow);
    CHECK(!nothing);
    winner = fast.value_or(0);
}

TEST_CASE("first_of has the value of who returns first, and cancels the others", "[gather]") {
    Machine machine;
    Story story;
    int winner = 0;
    machine.run(race_numbers(story, winner));
    CHECK(winner == 2);
    CHECK(story == Story{"2 gone", "1 gone"});
    CHECK(machine.kernel().now() == Time(4ms));
}

Coroutine<> race_failing(Story& story) {
    co_await first_of(number(story, 1, 1h), fail_after(1ms));
}

TEST_CASE("first_of fails when the first to end fails", "[gather]") {
    Machine machine;
    Story story;
    machine.run(tell_failure(story, "first_of", race_failing(story)));
    CHECK(story == Story{"1 gone", "first_of: Input/output error"});
}

Coroutine<> race_at_once() {
    const auto [first, second] = co_await first_of(pointer(1), pointer(2));
    CHECK(first);
    CHECK(!second);
}

TEST_CASE("first_of does not begin what cannot win any more", "[gather]") {
    Kernel::Options options = Machine::options();
    options.quantum = 1;
    Machine machine(options);
    CHECK(machine.run(race_at_once()) == Ending::finished);
}

Coroutine<char> read_byte(Fd fd) {
    std::array<char, 1> byte{};
    co_yield Read{fd, byte};
    co_return byte[0];
}

/// Writes the same to both, now and then to both at once.
Coroutine<> write_both(Fd one, Fd other, std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        co_yield Write{one, std::span(text).subspan(i, 1)};
        if (i % 3 == 0) {
            co_yield Yield{};
        }
        co_yield Write{other, std::span(text).subspan(i, 1)};
        if (i % 5 == 0) {
            co_yield Sleep{1ms};
        }
    }
}

Coroutine<> read_both(std::string text, std::string& one, std::string& other) {
    PipeEnds a = co_yield Pipe{};
    PipeEnds b = co_yield Pipe{};
    co_yield NewTask{write_both(a.writer, b.writer, text)};
    while (one.size() + other.size() < 2 * text.size()) {
        const auto [from_a, from_b] = co_await first_of(read_byte(a.reader), read_byte(b.reader));
        one.append(from_a ? 1 : 0, from_a.value_or('?'));
        other.append(from_b ? 1 : 0, from_b.value_or('?'));
    }
}

TEST_CASE("first_of loses no byte of those that lose", "[gather]") {
    const std::string text = "what is read by one that loses would be missed here";
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Kernel::Options options = Machine::options();
        options.seed = seed;
        options.quantum = seed % 2 == 0 ? 32 : 1;
        Machine machine(options);
        std::string one;
        std::string other;
        CHECK(machine.run(read_both(text, one, other)) == Ending::finished);
        CHECK(one == text);
        CHECK(other == text);
    }
}

}  // namespace
}  // namespace yos
