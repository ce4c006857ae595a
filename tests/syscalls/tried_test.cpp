#include "syscalls/tried.h"

#include "syscalls/answer_of.h"
#include "syscalls/close.h"
#include "syscalls/get_tid.h"
#include "syscalls/lock.h"
#include "syscalls/open.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/receive.h"
#include "syscalls/select.h"
#include "syscalls/unlock.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"

#include <memory>
#include <stdexcept>

namespace yos {
namespace {

/// Its value, or why there is none.
template <class T>
std::string in_words(const Answer<T>& answer) {
    std::ostringstream out;
    if (answer) {
        print_value(out, *answer);
    } else {
        out << answer.error().message();
    }
    return out.str();
}

Coroutine<> write_and_read(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    const auto written = co_yield Tried{Write{ends.writer, std::string_view("ab")}};
    std::string bytes(8, '\0');
    const auto got = co_yield Tried{Read{ends.reader, bytes}};
    story.push_back(in_words(written) + " written, " + in_words(got) + " read");
    const auto slept = co_yield Tried{Sleep{1ms}};
    story.push_back(slept && !slept.error() ? "slept" : "failed");
}

TEST_CASE("Tried answers with the result of a call that does not fail", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(write_and_read(story));
    CHECK(story == Story{"2 written, 2 read", "slept"});
    CHECK(machine.record.has("1 blocked on Tried(Sleep(1ms))"));
    CHECK(machine.record.has("1 completed Tried(Read(0, 8)) = 2"));
}

Coroutine<> fail_at_once(Story& story) {
    const auto read = co_yield Tried{Read{Fd(99), std::span<char>()}};
    story.push_back(in_words(read));
    const auto slept = co_yield Tried{Sleep{-1ms}};
    story.push_back(slept.error().message());
    const auto file = co_yield Tried{Open{"/there/is/none"}};
    story.push_back(file ? "opened" : file.error().message());
    co_yield Yield{};
    story.push_back("goes on");
}

TEST_CASE("Tried answers with the error of a call that fails at once", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(fail_at_once(story));
    CHECK(story ==
          Story{"Bad file descriptor", "Invalid argument", "No such file or directory", "goes on"});
    CHECK(machine.record.has("1 completed Tried(Sleep(-1ms)) = Invalid argument"));
    CHECK(machine.record.has(
        "1 completed Tried(Open(\"/there/is/none\")) = No such file or directory"));
}

Coroutine<> try_to_read(Story& story, Fd fd) {
    std::string bytes(8, '\0');
    const auto got = co_yield Tried{Read{fd, bytes}};
    story.push_back(in_words(got));
}

Coroutine<> close_what_is_read(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    co_yield NewTask{try_to_read(story, ends.reader)};
    co_await let_the_others_run();
    const Fd reader = ends.reader;
    co_yield Close{reader};
}

TEST_CASE("Tried answers with the error of a call that fails while it waits", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(close_what_is_read(story));
    CHECK(story == Story{"Bad file descriptor"});
    CHECK(machine.record.has("2 completed Tried(Read(0, 8)) = Bad file descriptor"));
}

Coroutine<> try_to_receive(Story& story, Channel<std::unique_ptr<int>>& channel) {
    const auto received = co_yield Tried{Receive{channel}};
    story.push_back(received ? "received" : received.error().message());
}

Coroutine<> destroy_what_is_waited_for(Story& story) {
    {
        Channel<std::unique_ptr<int>> channel(1);
        co_yield NewTask{try_to_receive(story, channel)};
        co_await let_the_others_run();
    }
    co_yield Yield{};
}

TEST_CASE("Tried answers when what its call waits for is destroyed", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(destroy_what_is_waited_for(story));
    CHECK(story == Story{"Identifier removed"});
}

Coroutine<> try_several(Story& story) {
    PipeEnds ends = co_yield Pipe{};
    std::string bytes(8, '\0');
    auto first = co_yield Tried{Select{Read{ends.reader, bytes}, Sleep{1ms}}};
    story.push_back("call " + std::to_string(first->index()));
    ends.reader.reset();
    first = co_yield Tried{Select{Read{ends.reader, bytes}, Sleep{1ms}}};
    story.push_back(first ? "done" : first.error().message());
}

TEST_CASE("Tried tries a Select, which fails as one of its calls does", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(try_several(story));
    CHECK(story == Story{"call 1", "Bad file descriptor"});
}

Coroutine<> try_to_sleep() {
    co_yield Tried{Sleep{1s}};
}

Coroutine<> cancel_a_try(Story& story) {
    const Tid sleeper = co_yield NewTask{tell_failure(story, "bob", try_to_sleep())};
    co_await let_the_others_run();
    co_yield CancelTask{sleeper, "enough"};
    co_await tell_failure(story, "ann", with_timeout(1ms, try_to_sleep()));
}

TEST_CASE("Tried throws when its call is interrupted", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(cancel_a_try(story));
    CHECK(story == Story{"bob: cancelled by 1: enough", "ann: Connection timed out"});
    CHECK(machine.record.has("2 interrupted in Tried(Sleep(1s))"));
}

/// Throws in its handle what is no failure of a call.
class Break : public SystemCall<> {
public:
    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        throw std::logic_error("a mistake");
    }
};

Coroutine<> try_a_mistake(Story& story) {
    try {
        co_yield Tried{Break{}};
    } catch (const std::logic_error& error) {
        story.push_back(error.what());
    }
}

TEST_CASE("Tried throws what is no std::system_error", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(try_a_mistake(story));
    CHECK(story == Story{"a mistake"});
}

Coroutine<> unlock_once_cancelled(Mutex& mutex, bool& unlocked) {
    co_yield Lock{mutex};
    const Tid me = co_yield GetTid{};
    co_yield NewTask{cancel(me)};
    co_yield Yield{};
    unlocked = static_cast<bool>(co_yield Tried{Unlock{mutex}});
    co_yield Yield{};
    unlocked = false;
}

TEST_CASE("Tried is interrupted no more than its call", "[syscalls]") {
    Machine machine;
    Mutex mutex;
    bool unlocked = false;
    machine.run(unlock_once_cancelled(mutex, unlocked));
    CHECK(unlocked);
}

// ---- answer_of ----

Coroutine<std::unique_ptr<int>> make(int value) {
    co_yield Sleep{1ms};
    co_return std::make_unique<int>(value);
}

Coroutine<> fail(std::errc why) {
    co_yield Yield{};
    throw std::system_error(std::make_error_code(why), "here");
}

Coroutine<> ask_all(Story& story) {
    const auto made = co_await answer_of(make(7));
    story.push_back(std::to_string(**made));
    const auto done = co_await answer_of(do_nothing());
    story.push_back(done ? "done" : "failed");
    const auto failed = co_await answer_of(fail(std::errc::no_space_on_device));
    story.push_back(failed ? "done" : failed.error().message());
    const auto late = co_await answer_of(with_timeout(1ms, try_to_sleep()));
    story.push_back(late ? "slept" : late.error().message());
}

TEST_CASE("answer_of gives a subroutine's value, or the error that it has thrown", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(ask_all(story));
    CHECK(story == Story{"7", "done", "No space left on device", "Connection timed out"});
}

Coroutine<> answer_of_a_sleeper() {
    co_await answer_of(try_to_sleep());
}

Coroutine<> cancel_a_subroutine(Story& story) {
    const Tid sleeper = co_yield NewTask{tell_failure(story, "bob", answer_of_a_sleeper())};
    co_await let_the_others_run();
    co_yield CancelTask{sleeper, "enough"};
}

TEST_CASE("answer_of throws when its subroutine is interrupted", "[syscalls]") {
    Machine machine;
    Story story;
    machine.run(cancel_a_subroutine(story));
    CHECK(story == Story{"bob: cancelled by 1: enough"});
}

}  // namespace
}  // namespace yos
