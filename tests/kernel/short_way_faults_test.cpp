// What is out of the ordinary on the short way of a trap: failures, mistakes, another kernel, and
// the end of the outermost coroutine.

#include "kernel/short_way.h"
#include "syscalls/get_tid.h"
#include "syscalls/tried.h"
#include "syscalls/wait_event.h"
#include "tests/lib/machine.h"

#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace yos {
namespace {

using Story = std::vector<std::string>;

/// Somebody who attends, and does nothing: with one, all traps go the long way.
class Attendant final : public Observer {};

/// Fails with a code that is none of errno's, in a way that a handler may.
class FailWith : public SystemCall<> {
public:
    explicit FailWith(int code) : code_(code) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        if (code_ == 0) {
            return Outcome::Kind::failed;
        }
        throw std::system_error(code_, std::generic_category(), "failed");
    }

private:
    int code_;
};

Coroutine<> fail_strangely(Story& story) {
    for (const int code : {0, -1, -2, -3, -8}) {
        try {
            co_yield FailWith{code};
            story.emplace_back("no failure");
        } catch (const std::system_error& failure) {
            story.push_back(std::to_string(failure.code().value()));
        }
        const auto tried = co_yield Tried{FailWith{code}};
        story.push_back(tried ? "no failure" : std::to_string(tried.error().value()));
    }
    story.emplace_back("lives");
}

TEST_CASE("a failure is one on both ways, whatever its code", "[short-way]") {
    for (const bool attended : {false, true}) {
        CAPTURE(attended);
        Attendant attendant;
        Story story;
        Kernel kernel(Machine::options());
        if (attended) {
            kernel.attach(attendant);
        }
        kernel.spawn(fail_strangely(story));
        CHECK(kernel.run() == Ending::finished);
        CHECK(story == Story{"0", "0", "-1", "-1", "-2", "-2", "-3", "-3", "-8", "-8", "lives"});
    }
}

/// A trap that is no system call, and so knows no short way.
class BareTrap : public Trap {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return Outcome::Kind::completed; }
    void print_result(std::ostream& out) const override { out << "done"; }
    void take_result() {}
};

Coroutine<> make_bare_traps(std::string& out, char letter) {
    for (int i = 0; i < 6; ++i) {
        co_yield BareTrap{};
        out += letter;
    }
}

TEST_CASE("a trap that knows no short way counts as any other", "[short-way]") {
    Kernel::Options options = Machine::options();
    options.quantum = 3;
    Kernel kernel(options);
    std::string out;
    kernel.spawn(make_bare_traps(out, 'a'));
    kernel.spawn(make_bare_traps(out, 'b'));
    CHECK(kernel.run() == Ending::finished);
    CHECK(out == "aabbaaabbbab");
}

/// Joins a line, and does not wait.
class Undecided : public SystemCall<> {
public:
    explicit Undecided(WaitQueue& queue) : queue_(queue) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        block_on(self, queue_);
        return complete();
    }

private:
    WaitQueue& queue_;
};

/// Is its own base class, for who yields it.
class Based : public GetTid {
public:
    GetTid&& as_base() && { return std::move(*this); }
};

Coroutine<> make_mistakes(Story& story, WaitQueue& queue) {
    try {
        co_yield Undecided{queue};
    } catch (const std::logic_error& mistake) {
        story.emplace_back(mistake.what());
    }
    try {
        co_yield Based{}.as_base();
    } catch (const std::logic_error& mistake) {
        story.emplace_back(mistake.what());
    }
}

TEST_CASE("a call that could tell the ways apart is a mistake, in Debug", "[short-way]") {
    if (!Mistakes::looked_for) {
        return;
    }
    WaitQueue queue;
    Story story;
    Kernel kernel(Machine::options());
    kernel.spawn(make_mistakes(story, queue));
    CHECK(kernel.run() == Ending::finished);
    CHECK(story == Story{"Undecided() joined a line and did not wait: answer what block_on answers",
                         "Based() was yielded as a base class of its own: yield it as what it is"});
    CHECK(queue.empty());
}

Coroutine<> tell_tid(Story& story) {
    const Tid me = co_yield GetTid{};
    story.push_back("task " + std::to_string(me));
}

Coroutine<> nothing() {
    co_return;
}

/// Runs a kernel of its own while it is handled.
class RunAnother : public SystemCall<> {
public:
    explicit RunAnother(Story& story) : story_(story) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        Kernel another(Machine::options());
        another.spawn(tell_tid(story_));
        CHECK(another.run() == Ending::finished);
        return complete();
    }

private:
    Story& story_;
};

Coroutine<> run_another(Story& story) {
    co_yield RunAnother{story};
    co_await tell_tid(story);
    co_yield RunAnother{story};
    co_await tell_tid(story);
}

TEST_CASE("a call that runs another kernel comes back to its own", "[short-way]") {
    Story story;
    Kernel kernel(Machine::options());
    kernel.spawn(nothing());
    kernel.spawn(run_another(story));
    CHECK(kernel.run() == Ending::finished);
    CHECK(CallStack::current() == nullptr);
    CHECK(story == Story{"task 1", "task 2", "task 1", "task 2"});
}

/// A parameter of a task's outermost coroutine.
struct Parameter {
    Parameter(Story& story, Event& gone) : story(&story), gone(&gone) {}
    Parameter(Parameter&& other) noexcept
        : story(std::exchange(other.story, nullptr)), gone(other.gone) {}
    Parameter& operator=(Parameter&&) = delete;
    ~Parameter() {
        if (story != nullptr) {
            story->emplace_back("parameter gone");
            gone->happened = true;
            gone->waiters.complete_all();
        }
    }
    Story* story;
    Event* gone;
};

Coroutine<> take(Parameter parameter) {
    co_yield GetTid{};
    parameter.story->emplace_back("body done");
}

Coroutine<> await(Event& gone, Story& story) {
    co_yield WaitEvent{gone};
    story.emplace_back("told");
}

TEST_CASE("the parameters of a task's outermost coroutine go before it is told to have ended",
          "[short-way]") {
    Story story;
    Event gone;
    Kernel kernel(Machine::options());
    kernel.spawn(await(gone, story));
    const Tid tid = kernel.spawn(take(Parameter(story, gone)), {.joinable = true});
    CHECK(kernel.run() == Ending::finished);
    CHECK(story == Story{"body done", "parameter gone", "told"});
    CHECK(kernel.collect(tid)->code == 0);
}

}  // namespace
}  // namespace yos
