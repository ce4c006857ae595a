#include "kernel/time/timers.h"

#include "tests/lib/catch.h"
#include "tests/lib/fake_kernel.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

namespace yos {
namespace {

using Numbers = std::vector<int>;

/// Writes its number down when its time has come.
class Bell final : public Timer {
public:
    Bell(Numbers& rung, int number) : rung_(rung), number_(number) {}
    void expire() override {
        rung_.push_back(number_);
        if (and_then) {
            and_then();
        }
    }

    std::function<void()> and_then;

private:
    Numbers& rung_;
    int number_;
};

Time at(long nanoseconds) {
    return Time{Duration{nanoseconds}};
}

struct Bells {
    explicit Bells(int count) {
        for (int number = 0; number < count; ++number) {
            bells.push_back(std::make_unique<Bell>(rung, number));
        }
    }

    Bell& operator[](std::size_t number) { return *bells[number]; }

    Numbers rung_until(Time now) {
        timers.expire_until(now);
        return std::exchange(rung, {});
    }

    Timers timers;
    Numbers rung;
    std::vector<std::unique_ptr<Bell>> bells;
};

TEST_CASE("timers expire by their time, not by when they were set", "[kernel]") {
    Bells bells(3);
    bells.timers.set(bells[0], at(30));
    bells.timers.set(bells[1], at(10));
    bells.timers.set(bells[2], at(20));
    CHECK(bells.timers.next() <= at(10));
    CHECK(bells.rung_until(at(9)).empty());
    CHECK(bells.rung_until(at(10)) == Numbers{1});
    CHECK(bells.timers.next() <= at(20));
    CHECK(bells.rung_until(at(1000)) == Numbers{2, 0});
    CHECK(bells.timers.empty());
    CHECK(!bells.timers.next());
}

TEST_CASE("timers for the same time expire in the order they were set", "[kernel]") {
    Bells bells(100);
    Numbers order;
    for (int i = 0; i < 100; ++i) {
        const int number = i * 37 % 100;
        order.push_back(number);
        bells.timers.set(bells[static_cast<std::size_t>(number)], at(5));
    }
    CHECK(bells.rung_until(at(5)) == order);
}

TEST_CASE("a timer that is set again expires at its new time only, as the youngest", "[kernel]") {
    Bells bells(2);
    bells.timers.set(bells[0], at(10));
    bells.timers.set(bells[1], at(20));
    bells.timers.set(bells[0], at(20));
    CHECK(bells.timers.size() == 2);
    CHECK(bells.rung_until(at(15)).empty());
    CHECK(bells.rung_until(at(20)) == Numbers{1, 0});
}

TEST_CASE("a timer that is destroyed does not expire", "[kernel]") {
    Bells bells(5);
    for (std::size_t i = 0; i < 5; ++i) {
        bells.timers.set(bells[i], at(10));
    }
    bells.bells[0].reset();
    bells.bells[3].reset();
    CHECK(bells.timers.size() == 3);
    CHECK(bells.rung_until(at(10)) == Numbers{1, 2, 4});
}

TEST_CASE("a timer may be removed from anywhere", "[kernel]") {
    constexpr std::size_t count = 50;
    for (std::size_t leaver = 0; leaver < count; ++leaver) {
        Bells bells(count);
        for (std::size_t i = 0; i < count; ++i) {
            bells.timers.set(bells[i], at(static_cast<long>(i * 7 % count)));
        }
        bells[leaver].unset();
        Numbers others;
        for (std::size_t when = 0; when < count; ++when) {
            const std::size_t number = when * 43 % count;  // 7 * 43 is 1 more than 6 * 50
            if (number != leaver) {
                others.push_back(static_cast<int>(number));
            }
        }
        CHECK(bells.rung_until(at(count)) == others);
    }
}

TEST_CASE("an expiring timer may set, remove and destroy timers", "[kernel]") {
    Bells bells(5);
    for (std::size_t i = 0; i < 4; ++i) {
        bells.timers.set(bells[i], at(10));
    }
    bells[0].and_then = [&] {
        bells[1].unset();
        bells.bells[2].reset();
        bells.timers.set(bells[4], at(10));   // due at once
        bells.timers.set(bells[0], at(100));  // itself, later
    };
    CHECK(bells.rung_until(at(10)) == Numbers{0, 3, 4});
    CHECK(bells.timers.next() == at(100));
}

TEST_CASE("an alarm completes the call of the task that sleeps", "[kernel]") {
    FakeKernel kernel;
    const auto sleeper = make_bare_task(kernel, 1);
    Timers timers;
    Alarm alarm;
    alarm.set(timers, *sleeper, at(10));
    timers.expire_until(at(9));
    CHECK(kernel.take_events().empty());
    timers.expire_until(at(10));
    CHECK(kernel.take_events() == std::vector<std::string>{"complete 1"});
}

TEST_CASE("a timer expires at its very nanosecond, however far away it was", "[kernel]") {
    for (long when = 1; when > 0 && when < std::numeric_limits<long>::max() / 3; when = 3 * when) {
        Bells bells(2);
        bells.timers.set(bells[0], at(when));
        CHECK(bells.timers.next() == at(when));
        bells.timers.set(bells[1], at(when + 1));
        CHECK(bells.timers.next() <= at(when));
        CHECK(bells.rung_until(at(when - 1)).empty());
        CHECK(bells.rung_until(at(when)) == Numbers{0});
        CHECK(bells.rung_until(at(when + 1)) == Numbers{1});
    }
}

TEST_CASE("a time too far away is the end of time, not the past", "[kernel]") {
    CHECK(saturating_add(at(1), Duration::max()) == Time::max());
    CHECK(saturating_add(Time::max(), Duration{1}) == Time::max());
    CHECK(saturating_add(at(1), Duration{2}) == at(3));
    CHECK(saturating_add(at(0), Duration::max()) == Time::max());
}

TEST_CASE("timers do what a sorted list would, whatever is done to them", "[kernel]") {
    constexpr std::size_t count = 200;
    std::mt19937 random(1);
    Bells bells(count);
    std::vector<std::tuple<long, int, int>> model;  // when, in which order it was set, number
    const auto forget = [&](int number) {
        return std::erase_if(model,
                             [&](const auto& entry) { return std::get<2>(entry) == number; });
    };
    long now = 0;
    for (int step = 0; step < 20'000; ++step) {
        const std::size_t slot = random() % count;
        const int number = static_cast<int>(slot);
        switch (random() % 4) {
            case 0:
                if (forget(number) > 0) {
                    bells[slot].unset();
                }
                break;
            case 1: {
                now += static_cast<long>(random() % 20);
                Numbers due;
                std::sort(model.begin(), model.end());
                while (!model.empty() && std::get<0>(model.front()) <= now) {
                    due.push_back(std::get<2>(model.front()));
                    model.erase(model.begin());
                }
                REQUIRE(bells.rung_until(at(now)) == due);
                break;
            }
            default:
                forget(number);
                model.emplace_back(now + static_cast<long>(random() % 500), step, number);
                bells.timers.set(bells[slot], at(std::get<0>(model.back())));
        }
        REQUIRE(bells.timers.size() == model.size());
    }
}

}  // namespace
}  // namespace yos
