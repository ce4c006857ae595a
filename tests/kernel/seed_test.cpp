// A seeded run takes ready tasks in an order of its own, which follows from the seed alone.

#include "kernel/doors/run_hash.h"
#include "syscalls/new_task.h"
#include "syscalls/random.h"
#include "syscalls/read.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "syscalls/write.h"
#include "syscalls/yield.h"
#include "tests/lib/fake_kernel.h"
#include "tests/lib/machine.h"
#include "tests/lib/volume.h"

#include <algorithm>
#include <set>

namespace yos {
namespace {

Kernel::Options with_seed(std::optional<std::uint64_t> seed) {
    Kernel::Options options = Machine::options();
    options.seed = seed;
    return options;
}

Coroutine<> write(std::string& out, char letter, int times) {
    for (int i = 0; i < times; ++i) {
        out += letter;
        co_yield Yield{};
    }
}

/// The order in which three tasks, each ready all the time, have their turns.
std::string order_of_three(std::optional<std::uint64_t> seed, int times) {
    Machine machine(with_seed(seed));
    std::string out;
    for (const char letter : {'a', 'b', 'c'}) {
        machine.kernel().spawn(write(out, letter, times));
    }
    machine.kernel().run();
    return out;
}

TEST_CASE("without a seed tasks run in the order they became ready", "[kernel]") {
    CHECK(order_of_three(std::nullopt, 3) == "abcabcabc");
}

TEST_CASE("the same seed gives the same order, and other seeds others", "[kernel]") {
    std::set<std::string> orders;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const std::string order = order_of_three(seed, 10);
        CHECK(order == order_of_three(seed, 10));
        orders.insert(order);
    }
    CHECK(orders.size() == 20);
}

TEST_CASE("every order of three tasks comes with some seed", "[kernel]") {
    std::set<std::string> orders;
    for (std::uint64_t seed = 0; seed < volume(std::uint64_t{100}); ++seed) {
        orders.insert(order_of_three(seed, 1));
    }
    CHECK(orders == std::set<std::string>{"abc", "acb", "bac", "bca", "cab", "cba"});
}

TEST_CASE("a seeded run leaves nobody out", "[kernel]") {
    const std::string order = order_of_three(1, 1000);
    CHECK(std::count(order.begin(), order.end(), 'a') == 1000);
    CHECK(std::count(order.begin(), order.end(), 'c') == 1000);
    CHECK(order.find(std::string(50, 'a')) == std::string::npos);
}

/// Does a bit of everything whose outcome may depend on the seed.
Coroutine<int> toss(std::string& out) {
    const std::uint64_t bits = co_yield Random{};
    co_yield Sleep{Duration(bits % 1000)};
    out += static_cast<char>('0' + bits % 10);
    co_return static_cast<int>(bits % 2);
}

Coroutine<> toss_many(std::string& out, int times) {
    std::vector<Tid> children;
    for (int i = 0; i < times; ++i) {
        const Tid child = co_yield NewTask{toss(out)};
        children.push_back(child);
    }
    for (const Tid child : children) {
        co_yield WaitTask{child};
    }
}

struct Run {
    std::string out;
    std::uint64_t hash;

    bool operator==(const Run&) const = default;
};

Run run(std::uint64_t seed, int times) {
    Machine machine(with_seed(seed));
    RunHash hash;
    machine.kernel().attach(hash);
    Run run{};
    machine.run(toss_many(run.out, times));
    run.hash = hash.value();
    return run;
}

TEST_CASE("the same seed gives the same run and the same hash", "[kernel]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CHECK(run(seed, 20) == run(seed, 20));
    }
}

TEST_CASE("the hash tells runs apart by their seed and by what they do", "[kernel]") {
    std::set<std::uint64_t> hashes;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        hashes.insert(run(seed, 20).hash);
        hashes.insert(run(seed, 21).hash);
    }
    CHECK(hashes.size() == 40);
}

/// Completes with one value or another, and prints its argument or not.
class Answer : public SystemCall<int> {
public:
    explicit Answer(int question, int answer) : question_(question), answer_(answer) {}
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return complete(answer_); }
    void print_arguments(std::ostream& out) const override { out << question_; }

private:
    int question_;
    int answer_;
};

Coroutine<int> ask(int question, int answer, int status) {
    co_yield Answer{question, answer};
    co_return status;
}

std::uint64_t hash_of(int question, int answer, int status) {
    Machine machine;
    RunHash hash;
    machine.kernel().attach(hash);
    machine.run(ask(question, answer, status));
    return hash.value();
}

TEST_CASE("the hash covers the calls, their arguments, their results and how tasks end",
          "[kernel]") {
    const std::uint64_t hash = hash_of(1, 2, 3);
    CHECK(hash_of(1, 2, 3) == hash);
    CHECK(hash_of(9, 2, 3) != hash);
    CHECK(hash_of(1, 9, 3) != hash);
    CHECK(hash_of(1, 2, 9) != hash);
}

/// Always has something to be read.
class Source final : public File {
public:
    explicit Source(std::string text) : File(WaitQueue::Waker::task), text_(std::move(text)) {}
    IoResult read(std::span<char> buffer) override {
        return {text_.copy(buffer.data(), buffer.size())};
    }
    IoResult write(std::span<const char> bytes) override { return {bytes.size()}; }
    std::string describe() const override { return "a test's"; }

private:
    std::string text_;
};

Coroutine<> read_and_write(Fd source, std::string written) {
    std::string buffer(200, '\0');
    co_yield Read{source, buffer};
    co_yield Write{source, written};
}

std::uint64_t hash_of_bytes(std::string read, std::string written) {
    Machine machine;
    RunHash hash;
    machine.kernel().attach(hash);
    const Descriptor source =
        machine.kernel().descriptors().open(std::make_shared<Source>(std::move(read)));
    machine.run(read_and_write(source, std::move(written)));
    return hash.value();
}

TEST_CASE("the hash covers every byte that is read or written", "[kernel]") {
    const std::string text(100, 'x');
    const std::string other = text.substr(1) + "y";
    const std::uint64_t hash = hash_of_bytes(text, text);
    CHECK(hash_of_bytes(text, text) == hash);
    CHECK(hash_of_bytes(other, text) != hash);
    CHECK(hash_of_bytes(text, other) != hash);
}

TEST_CASE("the hash covers who was woken by whom", "[kernel]") {
    FakeKernel kernel;
    const std::unique_ptr<Task> task = make_bare_task(kernel, 1);
    RunHash by_two;
    RunHash by_three;
    by_two.woken(*task, 2);
    by_three.woken(*task, 3);
    CHECK(by_two.value() != by_three.value());
}

TEST_CASE("the hash is alike on every host and compiler", "[kernel]") {
    RunHash hash;
    CHECK(hash.value() == 0);
    hash.decided(Choice::next_task, 3, 2);
    CHECK(hash.value() == 0x75cea52036563c17ULL);
}

}  // namespace
}  // namespace yos
