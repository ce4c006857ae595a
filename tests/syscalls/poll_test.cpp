#include "syscalls/poll.h"

#include "syscalls/now.h"
#include "syscalls/pipe.h"
#include "syscalls/wait_task.h"
#include "syscalls/write.h"
#include "tests/lib/actors.h"
#include "tests/lib/loopback.h"

namespace yos {
namespace {

using Interests = std::vector<Interest>;
constexpr auto to_read = Interest::To::read;
constexpr auto to_write = Interest::To::write;

/// Waits on behalf of a test, which can kill it.
Coroutine<> poll(Interests interests, std::optional<Duration> patience, Interests& ready) {
    ready = co_yield Poll{std::move(interests), patience};
}

Coroutine<> write_byte(Fd fd) {
    const char byte = 'x';
    co_yield Write{fd, std::span(&byte, 1)};
}

Coroutine<> write_later(Fd fd, Duration when) {
    co_yield Sleep{when};
    co_await write_byte(fd);
}

// ---- What it evaluates to ----

Coroutine<> poll_pipes(std::vector<Interests>& came) {
    const PipeEnds a = co_yield Pipe{};
    const PipeEnds b = co_yield Pipe{};
    const Interests all = {{a.reader, to_read}, {b.reader, to_read}, {b.writer, to_write}};
    came.push_back(co_yield Poll{all});
    CHECK(came.back() == Interests{{b.writer, to_write}});
    co_await write_byte(a.writer);
    co_await write_byte(b.writer);
    came.push_back(co_yield Poll{all});
    CHECK(came.back() == all);
}

TEST_CASE("Poll evaluates to all descriptors that are ready, in their order", "[poll]") {
    HostMachine machine;
    std::vector<Interests> came;
    run_to_its_return(machine, poll_pipes(came));
    CHECK(came.size() == 2);
}

Coroutine<> wait_for_a_byte(Story& story) {
    const PipeEnds a = co_yield Pipe{};
    const PipeEnds b = co_yield Pipe{};
    co_yield NewTask{write_later(b.writer, 5s)};
    const Interests both = {{a.reader, to_read}, {b.reader, to_read}};
    const Interests in_time = co_yield Poll{both, 10s};
    CHECK(in_time == Interests{{b.reader, to_read}});
    const Time now = co_yield Now{};
    CHECK(now == Time(5s));
    story.push_back("done");
}

TEST_CASE("Poll blocks until something is ready", "[poll]") {
    HostMachine machine;
    Story story;
    run_to_its_return(machine, wait_for_a_byte(story));
    CHECK(story == Story{"done"});
    CHECK(machine.blocked(1, "Poll(read 0, read 2)"));
}

Coroutine<> run_out_of_patience(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    const Interests it = {{ends.reader, to_read}};
    const Interests none = co_yield Poll{it, 3s};
    const Time now = co_yield Now{};
    CHECK(none.empty());
    CHECK(now == Time(3s));
    const Interests at_once = co_yield Poll{it, 0s};
    CHECK(at_once.empty());
    const Interests nothing;
    const Interests slept = co_yield Poll{nothing, 2s};
    const Time later = co_yield Now{};
    CHECK(slept.empty());
    CHECK(later == Time(5s));
    story.push_back("done");
}

TEST_CASE("Poll evaluates to nothing when its patience is over", "[poll]") {
    HostMachine machine;
    Story story;
    run_to_its_return(machine, run_out_of_patience(story));
    CHECK(story == Story{"done"});
}

Coroutine<> look_again_and_again(bool& stop) {
    const PipeEnds ends = co_yield Pipe{};
    const Interests it = {{ends.reader, to_read}};
    while (!stop) {
        co_yield Poll{it, 0s};
    }
}

Coroutine<> stop_it(bool& stop) {
    stop = true;
    co_return;
}

TEST_CASE("a Poll that only has a look gives the others a turn", "[poll]") {
    HostMachine machine;
    bool stop = false;
    machine.kernel().spawn(look_again_and_again(stop));
    CHECK(machine.run(stop_it(stop)) == Ending::finished);
}

// ---- Sockets ----

Coroutine<> poll_sockets(Story& story) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    const Interests nobody = {{listener.fd(), to_read}};
    const Interests before = co_yield Poll{nobody, 0s};
    CHECK(before.empty());
    const Address address = co_await listener.local_address();
    Socket client = co_await Socket::connect(address);
    const Interests knocking = co_yield Poll{nobody};
    CHECK(knocking == nobody);
    Socket server = co_await listener.accept();
    const Interests all = {{listener.fd(), to_read}, {server.fd(), to_read}};
    co_await client.send("x");
    const Interests came = co_yield Poll{all};
    CHECK(came == Interests{{server.fd(), to_read}});
    story.push_back("done");
}

TEST_CASE("Poll waits for sockets and listeners", "[poll][host]") {
    HostMachine machine;
    Story story;
    run_to_its_return(machine, poll_sockets(story));
    CHECK(story == Story{"done"});
}

// ---- At the edges ----

Coroutine<> poll_wrongly(std::vector<std::error_code>& errors) {
    errors.push_back(co_await error_of(call<Poll>(Interests{})));
    errors.push_back(co_await error_of(call<Poll>(Interests{}, -1s)));
}

TEST_CASE("Poll refuses to wait for nothing, and for less than no time", "[poll]") {
    HostMachine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, poll_wrongly(errors));
    const std::error_code invalid = make_error_code(std::errc::invalid_argument);
    CHECK(errors == std::vector<std::error_code>{invalid, invalid});
}

Coroutine<> close_what_is_polled(Interests& ready) {
    PipeEnds ends = co_yield Pipe{};
    const Fd fd = ends.reader;
    Interests it = {{fd, to_read}};
    const Tid waiter = co_yield NewTask{poll(it, std::nullopt, ready)};
    co_await let_the_others_run();
    CHECK(ready.empty());
    ends.reader.reset();
    co_yield WaitTask{waiter};
    CHECK(ready == it);
    const Interests again = co_yield Poll{it};
    CHECK(again == it);
}

TEST_CASE("a descriptor that is closed, or not open, counts as ready", "[poll]") {
    HostMachine machine;
    Interests ready;
    run_to_its_return(machine, close_what_is_polled(ready));
}

Coroutine<> read_behind_a_victim(Story& story) {
    const PipeEnds ends = co_yield Pipe{};
    Interests ready;
    Interests it = {{ends.reader, to_read}};
    const Tid victim = co_yield NewTask{poll(it, std::nullopt, ready)};
    co_await let_the_others_run();
    Interests mine;
    const Tid other = co_yield NewTask{poll(it, std::nullopt, mine)};
    co_await let_the_others_run();
    co_await write_byte(ends.writer);
    co_yield KillTask{victim};
    co_yield WaitTask{other};
    CHECK(mine == it);
    story.push_back("done");
}

TEST_CASE("a Poll that is killed passes its wake-up on", "[poll]") {
    HostMachine machine;
    Story story;
    run_to_its_return(machine, read_behind_a_victim(story));
    CHECK(story == Story{"done"});
}

}  // namespace
}  // namespace yos
