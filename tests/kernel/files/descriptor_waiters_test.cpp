// Several tasks at one descriptor: who is served when, and what becomes of the bytes when one of
// them is killed, cancelled or timed out.

#include "syscalls/cancel_task.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/read_wait.h"
#include "syscalls/task_info.h"
#include "syscalls/with_timeout.h"
#include "syscalls/yield.h"
#include "tests/lib/host_peer.h"
#include "tests/lib/loopback.h"

namespace yos {
namespace {

using namespace std::chrono_literals;
using Events = std::vector<std::string>;

Coroutine<> read_piece(Fd fd, std::string name, std::size_t most, Events& events) {
    std::string piece(most, '\0');
    std::string result;
    try {
        piece.resize(co_yield Read{fd, piece});
        result = piece.empty() ? "end" : piece;
    } catch (const std::system_error& failure) {
        result = failure.code().message();
    }
    events.push_back(name + ": " + result);
}

Coroutine<> wait_readable(Fd fd, std::string name, Events& events) {
    co_yield ReadWait{fd};
    events.push_back(name + ": ready");
}

// ---- Who is served when ----

Coroutine<> read_by_many(int tasks, Events& events) {
    Connection connection = co_await make_connection();
    for (int i = 0; i < tasks; ++i) {
        co_yield NewTask{read_piece(connection.server.fd(), std::to_string(i), 1, events)};
    }
    co_await let_others_wait();
    for (int i = 0; i < tasks; ++i) {
        co_await connection.client.send(std::string(1, static_cast<char>('a' + i % 26)));
    }
    co_await eventually([&] { return events.size() == static_cast<std::size_t>(tasks); });
}

TEST_CASE("a hundred tasks that read one descriptor are served first come, first served",
          "[waiters][host]") {
    HostMachine machine;
    Events events;
    run_to_its_return(machine, read_by_many(100, events));
    Events expected;
    for (int i = 0; i < 100; ++i) {
        expected.push_back(std::to_string(i) + ": " + static_cast<char>('a' + i % 26));
    }
    CHECK(events == expected);
}

Coroutine<> end_for_all(Events& events) {
    Connection connection = co_await make_connection();
    const Fd fd = connection.server.fd();
    co_yield NewTask{read_piece(fd, "a", 10, events)};
    co_yield NewTask{wait_readable(fd, "b", events)};
    co_yield NewTask{read_piece(fd, "c", 10, events)};
    co_await let_others_wait();
    co_await connection.client.close();
    co_await eventually([&] { return events.size() == 3; });
}

TEST_CASE("the end of the file is for everybody who waits", "[waiters][host]") {
    HostMachine machine;
    Events events;
    run_to_its_return(machine, end_for_all(events));
    CHECK(events == Events{"a: end", "b: ready", "c: end"});
}

Coroutine<> mix_waits_and_reads(Events& events) {
    Connection connection = co_await make_connection();
    const Fd fd = connection.server.fd();
    co_yield NewTask{wait_readable(fd, "a", events)};
    co_yield NewTask{read_piece(fd, "b", 3, events)};
    co_yield NewTask{wait_readable(fd, "c", events)};
    co_yield NewTask{read_piece(fd, "d", 3, events)};
    co_yield NewTask{wait_readable(fd, "e", events)};
    co_await let_others_wait();
    co_await connection.client.send("123456");
    co_await eventually([&] { return events.size() == 4; });
    co_await let_others_wait();
    events.push_back("nothing left");
    co_await connection.client.send("7");
    co_await eventually([&] { return events.size() == 6; });
}

TEST_CASE("ReadWait passes on what it does not take", "[waiters][host]") {
    HostMachine machine;
    Events events;
    run_to_its_return(machine, mix_waits_and_reads(events));
    CHECK(events == Events{"a: ready", "b: 123", "c: ready", "d: 456", "nothing left", "e: ready"});
}

Coroutine<> wait_in_both_directions(Events& events) {
    Connection connection = co_await make_connection();
    const Fd fd = connection.server.fd();
    co_yield NewTask{read_piece(fd, "reader", 100, events)};
    co_await let_others_wait();
    co_await connection.server.send("out");
    events.push_back("sent: " + co_await connection.client.recv(100));
    co_await connection.client.send("in");
    co_await eventually([&] { return events.size() == 2; });
}

TEST_CASE("who writes does not wait for those who read", "[waiters][host]") {
    HostMachine machine;
    Events events;
    run_to_its_return(machine, wait_in_both_directions(events));
    CHECK(events == Events{"sent: out", "reader: in"});
}

// ---- Interrupted waiters ----

enum class How { kill, cancel };

Coroutine<> interrupt(Tid tid, How how) {
    if (how == How::kill) {
        co_yield KillTask{tid};
    } else {
        co_yield CancelTask{tid};
    }
}

Coroutine<> interrupt_a_waiting_reader(How how, Events& events) {
    Connection connection = co_await make_connection();
    const Fd fd = connection.server.fd();
    const Tid first = co_yield NewTask{read_piece(fd, "first", 100, events)};
    co_await let_others_wait();
    co_await interrupt(first, how);
    co_await connection.client.send("every byte");
    events.push_back("second: " + co_await connection.server.recv(100));
}

TEST_CASE("a reader that is killed or cancelled while it waits has taken no byte",
          "[waiters][host]") {
    HostMachine machine;
    Events events;
    const How how = GENERATE(How::kill, How::cancel);
    run_to_its_return(machine, interrupt_a_waiting_reader(how, events));
    CHECK(events == Events{"second: every byte"});
}

/// Interrupts `tid` after it was woken and before it has run.
Coroutine<> interrupt_when_woken(Tid tid, How how, Events& events) {
    for (;;) {
        const std::optional<TaskSnapshot> task = co_yield TaskInfo{tid};
        if (!task || task->state == Task::State::ready) {
            break;
        }
        co_yield Yield{};
    }
    co_await interrupt(tid, how);
    events.push_back("interrupted in time");
}

Coroutine<> interrupt_a_woken_reader(How how, Events& events) {
    Connection connection = co_await make_connection();
    const Fd fd = connection.server.fd();
    const Tid first = co_yield NewTask{read_piece(fd, "first", 100, events)};
    co_yield NewTask{read_piece(fd, "second", 100, events)};
    co_await let_others_wait();
    co_await connection.client.send("every byte");
    co_await interrupt_when_woken(first, how, events);
    co_await eventually([&] { return events.size() == 2; });
}

TEST_CASE("a reader that is killed or cancelled when just woken passes its turn on",
          "[waiters][host]") {
    HostMachine machine;
    Events events;
    const How how = GENERATE(How::kill, How::cancel);
    run_to_its_return(machine, interrupt_a_woken_reader(how, events));
    CHECK(events == Events{"interrupted in time", "second: every byte"});
}

Coroutine<> time_a_reader_out(Events& events) {
    Connection connection = co_await make_connection();
    events.push_back((co_await error_of(with_timeout(5s, connection.server.recv(100)))).message());
    co_await connection.client.send("every byte");
    events.push_back(co_await connection.server.recv(100));
}

TEST_CASE("a reader that timed out has taken no byte", "[waiters][host]") {
    HostMachine machine;
    Events events;
    run_to_its_return(machine, time_a_reader_out(events));
    CHECK(events == Events{std::make_error_code(std::errc::timed_out).message(), "every byte"});
    CHECK(machine.kernel().now() == Time(5s));
}

Coroutine<> accept_one(Fd listener, std::string name, Events& events) {
    const Descriptor connection = co_yield Accept{listener};
    events.push_back(name + ": accepted");
}

Coroutine<> interrupt_a_woken_acceptor(How how, Events& events) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    const Tid first = co_yield NewTask{accept_one(listener.fd(), "first", events)};
    co_yield NewTask{accept_one(listener.fd(), "second", events)};
    co_await let_others_wait();
    const HostPeer peer(co_await listener.local_address());
    co_await interrupt_when_woken(first, how, events);
    co_await eventually([&] { return events.size() == 2; });
}

TEST_CASE("a connection is not lost with the task that would have accepted it", "[waiters][host]") {
    HostMachine machine;
    Events events;
    const How how = GENERATE(How::kill, How::cancel);
    run_to_its_return(machine, interrupt_a_woken_acceptor(how, events));
    CHECK(events == Events{"interrupted in time", "second: accepted"});
}

}  // namespace
}  // namespace yos
