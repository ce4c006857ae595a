#include "kernel/files/pipe.h"
#include "programs/lib/print.h"
#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "syscalls/read_wait.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write_wait.h"
#include "tests/lib/loopback.h"

namespace yos {
namespace {

using Errors = std::vector<std::error_code>;

Errors bad_descriptors(std::size_t n) {
    return Errors(n, std::make_error_code(std::errc::bad_file_descriptor));
}

// ---- Those who come late ----

Coroutine<> use(Fd fd, Errors& errors) {
    static char byte;
    errors.push_back(co_await error_of(call<Read>(fd, std::span(&byte, 1))));
    errors.push_back(co_await error_of(call<Write>(fd, std::span<const char>(&byte, 1))));
    errors.push_back(co_await error_of(call<ReadWait>(fd)));
    errors.push_back(co_await error_of(call<WriteWait>(fd)));
    errors.push_back(co_await error_of(call<Accept>(fd)));
    errors.push_back(co_await error_of(call<LocalAddress>(fd)));
    errors.push_back(co_await error_of(call<ShutdownWriting>(fd)));
    errors.push_back(co_await error_of(call<Close>(fd)));
}

TEST_CASE("every call fails with EBADF on a descriptor that never was", "[closed]") {
    HostMachine machine;
    Errors errors;
    const std::int32_t number = GENERATE(-1, 0, 7, 2'000'000'000, std::int32_t(1) << 31);
    run_to_its_return(machine, use(Fd{number}, errors));
    CHECK(errors == bad_descriptors(8));
}

Coroutine<> use_after_close(Errors& errors) {
    Connection connection = co_await make_connection();
    co_await connection.client.close();
    co_await use(connection.client.fd(), errors);
}

TEST_CASE("every call fails with EBADF on a closed descriptor", "[closed][host]") {
    HostMachine machine;
    Errors errors;
    run_to_its_return(machine, use_after_close(errors));
    CHECK(errors == bad_descriptors(8));
}

Coroutine<> use_a_number_twice(Errors& errors) {
    Descriptor first = co_yield Open{"/dev/null", O_RDWR};
    const Fd old = first.fd();
    co_yield Close{old};
    const Descriptor second = co_yield Open{"/dev/null", O_RDWR};
    CHECK(second.fd().number == old.number);
    CHECK(second.fd() != old);
    co_await use(old, errors);
    first.reset();  // closes nothing: it is closed
    std::string bytes(1, 'x');
    CHECK((co_await call<Write>(second.fd(), std::span<const char>(bytes))) == 1U);
}

TEST_CASE("a number that is open again is not the descriptor it was before", "[closed]") {
    HostMachine machine;
    Errors errors;
    run_to_its_return(machine, use_a_number_twice(errors));
    CHECK(errors == bad_descriptors(8));
}

TEST_CASE("the lowest free number is given out", "[closed]") {
    HostMachine machine;
    DescriptorTable& table = machine.kernel().descriptors();
    const auto open = [&] { return table.open(make_pipe().first); };
    const Descriptor zero = open();
    Descriptor one = open();
    Descriptor two = open();
    const Descriptor three = open();
    two.reset();
    one.reset();
    CHECK(table.size() == 2);
    CHECK(open().fd().number == 1);
    CHECK(open().fd().number == 1);
}

// ---- Those who wait ----

template <class Call>
Coroutine<> note_error(Fd fd, Errors& errors) {
    errors.push_back(co_await error_of(call<Call>(fd)));
}

Coroutine<> note_read_error(Fd fd, Errors& errors) {
    std::string byte(1, '\0');
    errors.push_back(co_await error_of(call<Read>(fd, std::span<char>(byte))));
}

Coroutine<> note_write_error(Fd fd, Errors& errors) {
    const std::string byte(1, 'x');
    errors.push_back(co_await error_of(call<Write>(fd, std::span<const char>(byte))));
}

/// Writes until there is no room. (A Unix-domain socket's does not grow.)
Coroutine<> fill(Fd fd) {
    const std::string bytes(1'000'000, 'x');
    try {
        co_await with_timeout(Duration(1), write_all(fd, bytes));
    } catch (const TimedOut&) {
    }
}

Coroutine<> close_under_waiters(std::string at, Errors& errors) {
    Connection connection = co_await make_connection(at);
    const Fd fd = connection.server.fd();
    co_await fill(fd);
    co_yield NewTask{note_read_error(fd, errors)};
    co_yield NewTask{note_error<ReadWait>(fd, errors)};
    co_yield NewTask{note_read_error(fd, errors)};
    co_yield NewTask{note_write_error(fd, errors)};
    co_yield NewTask{note_error<WriteWait>(fd, errors)};
    co_await let_others_wait();
    CHECK(errors.empty());
    co_yield Close{fd};
    co_await let_others_wait();
}

TEST_CASE("Close wakes all who wait for the descriptor with EBADF", "[closed][host]") {
    HostMachine machine;
    const ScratchDirectory scratch;
    Errors errors;
    run_to_its_return(machine, close_under_waiters("unix:" + scratch.file("socket"), errors));
    CHECK(errors == bad_descriptors(5));
}

Coroutine<> close_under_acceptors(Errors& errors) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    co_yield NewTask{note_error<Accept>(listener.fd(), errors)};
    co_yield NewTask{note_error<Accept>(listener.fd(), errors)};
    co_await let_others_wait();
    CHECK(errors.empty());
    co_await listener.close();
    co_await let_others_wait();
}

TEST_CASE("Close wakes all who wait for a connection with EBADF", "[closed][host]") {
    HostMachine machine;
    Errors errors;
    run_to_its_return(machine, close_under_acceptors(errors));
    CHECK(errors == bad_descriptors(2));
}

// ---- Events for a descriptor that is gone ----

Coroutine<> echo_once(Socket socket) {
    co_await socket.send(co_await socket.recv(10));
}

Coroutine<> reuse_numbers(int rounds, int& answers) {
    Socket listener = co_await Socket::listen(Address::parse("127.0.0.1:0"));
    for (int i = 0; i < rounds; ++i) {
        Errors errors;
        Connection doomed = co_await connect_to(listener);
        co_yield NewTask{note_read_error(doomed.server.fd(), errors)};
        co_await let_others_wait();
        co_await doomed.client.send("too late");  // the event is on its way
        co_await doomed.server.close();
        co_await doomed.client.close();

        Connection next = co_await connect_to(listener);  // by the same numbers of host and kernel
        co_yield NewTask{echo_once(std::move(next.server))};
        co_await next.client.send("hello");
        answers += co_await next.client.recv(10) == "hello" ? 1 : 0;
        CHECK(errors.size() == 1);
    }
}

TEST_CASE("an event for a closed descriptor is no event for its successor", "[closed][host]") {
    HostMachine machine;
    int answers = 0;
    run_to_its_return(machine, reuse_numbers(50, answers));
    CHECK(answers == 50);
}

}  // namespace
}  // namespace yos
