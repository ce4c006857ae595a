#include "kernel/simulated/simulated_world.h"

#include "kernel/doors/run_hash.h"
#include "syscalls/bypass_kernel.h"
#include "syscalls/in_thread.h"
#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "syscalls/open_signals.h"
#include "syscalls/random.h"
#include "syscalls/resolve_name.h"
#include "syscalls/shutdown_writing.h"
#include "syscalls/start_process.h"
#include "syscalls/wait_task.h"
#include "syscalls/wall_clock.h"
#include "tests/lib/loopback.h"

#include <csignal>
#include <set>

namespace yos {
namespace {

Coroutine<> exchange_a_greeting(std::string& heard) {
    Connection connection = co_await make_connection();
    co_await connection.client.send("hello");
    co_yield ShutdownWriting{connection.client.fd()};
    heard = co_await read_all(connection.server.fd());
}

TEST_CASE("in a simulated world connections lead from task to task", "[simulated]") {
    Machine machine;
    std::string heard;
    run_to_its_return(machine, exchange_a_greeting(heard));
    CHECK(heard == "hello");
}

Coroutine<> try_addresses(std::vector<std::error_code>& errors) {
    const auto connect = [](const char* where) -> Coroutine<> {
        co_await Socket::connect(Address::parse(where));
    };
    const auto listen = [](const char* where) -> Coroutine<> {
        co_await Socket::listen(Address::parse(where));
    };
    errors.push_back(co_await error_of(connect("127.0.0.1:7")));
    const Socket everywhere = co_await Socket::listen(Address::parse("*:7"));
    errors.push_back(co_await error_of(connect("127.0.0.1:7")));
    errors.push_back(co_await error_of(listen("*:7")));
    errors.push_back(co_await error_of(listen("unix:/nowhere")));
    errors.push_back(co_await error_of(connect("unix:/nowhere")));
    Connection connection = co_await make_connection();
    connection.server = Socket(Descriptor());
    errors.push_back(co_await error_of(connection.client.send("nobody hears")));
}

Coroutine<> send_more_than_fits(Fd client, std::vector<std::error_code>& errors) {
    const std::string much(200'000, 'x');
    const auto send = [](Fd to, std::string text) -> Coroutine<> {
        for (std::size_t put = 0; put < text.size();) {
            put += co_yield Write{to, std::span(text).subspan(put)};
        }
    };
    errors.push_back(co_await error_of(send(client, much)));
}

Coroutine<> shut_down_a_full_one(std::vector<std::error_code>& errors) {
    Connection connection = co_await make_connection();
    const Tid sender =
        co_yield NewTask{send_more_than_fits(connection.client.fd(), errors)}.joinable();
    co_await let_others_wait();
    co_yield ShutdownWriting{connection.client.fd()};
    co_yield WaitTask{sender};
}

TEST_CASE("who waits for room in a simulated stream hears of its shutdown", "[simulated]") {
    Machine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, shut_down_a_full_one(errors));
    CHECK(errors == std::vector<std::error_code>{std::make_error_code(std::errc::broken_pipe)});
}

TEST_CASE("sockets of a simulated world fail as the host's do", "[simulated]") {
    Machine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, try_addresses(errors));
    const auto made = [](std::errc error) { return std::make_error_code(error); };
    CHECK(errors == std::vector<std::error_code>{made(std::errc::connection_refused),
                                                 {},
                                                 made(std::errc::address_in_use),
                                                 {},
                                                 made(std::errc::connection_refused),
                                                 made(std::errc::broken_pipe)});
}

Coroutine<> wait_for_nobody() {
    Socket listener = co_await Socket::listen(Address::parse("9000"));
    co_await listener.accept();
}

TEST_CASE("whoever waits in a simulated world for somebody outside waits for ever", "[simulated]") {
    Kernel::Options options = Machine::options();
    options.log.level = LogLevel::off;
    Machine machine(options);
    CHECK(machine.run(wait_for_nobody()) == Ending::deadlocked);
}

Coroutine<> ask_for_the_host(std::vector<std::error_code>& errors) {
    const std::vector<std::string> words = {"true"};
    const std::set<int> signals = {SIGUSR1};
    errors.push_back(co_await error_of(call<Open>(std::string("/etc/passwd"))));
    errors.push_back(co_await error_of(call<StartProcess>(words)));
    errors.push_back(co_await error_of(call<OpenSignals>(signals)));  // but none ever comes
    constexpr unsigned short port = 80;
    errors.push_back(co_await error_of(call<ResolveName>(std::string("example.org"), port)));
    errors.push_back(co_await error_of(call<BypassKernel>()));
}

TEST_CASE("a simulated world has nothing of the host", "[simulated]") {
    Machine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, ask_for_the_host(errors));
    const auto made = [](std::errc error) { return std::make_error_code(error); };
    CHECK(errors == std::vector<std::error_code>{made(std::errc::no_such_file_or_directory),
                                                 made(std::errc::operation_not_permitted),
                                                 {},
                                                 made(std::errc::host_unreachable),
                                                 made(std::errc::operation_not_permitted)});
}

/// Makes every transfer one byte long.
class OneByte final : public Oracle {
public:
    std::size_t choose(Choice kind, const Candidates& candidates) override {
        return kind == Choice::shorten ? candidates.size() - 1 : 0;
    }
    std::uint64_t random() override { return 4; }
};

Coroutine<> send_in_pieces(std::size_t& put, std::size_t& got) {
    Connection connection = co_await make_connection();
    const std::string text = "hello";
    std::string heard(text.size(), '.');
    put = co_yield Write{connection.client.fd(), text};
    co_yield Write{connection.client.fd(), text};
    got = co_yield Read{connection.server.fd(), heard};
}

TEST_CASE("an oracle can shorten the transfers of a simulated stream", "[simulated]") {
    Machine machine;
    OneByte oracle;
    std::size_t put = 0;
    std::size_t got = 0;
    run_to_its_return(machine, send_in_pieces(put, got));
    CHECK(put == 5);
    CHECK(got == 5);
    machine.kernel().set_oracle(&oracle);
    run_to_its_return(machine, send_in_pieces(put, got));
    CHECK(put == 1);
    CHECK(got == 1);
    machine.kernel().set_oracle(nullptr);
}

// ---- What was left to chance ----

Coroutine<> send_much(Address to) {
    Socket client = co_await Socket::connect(to);
    const std::string megabyte(1'000'000, 'x');
    co_await client.send(megabyte);
}

Coroutine<> serve_and_call(int clients) {
    Socket listener = co_await Socket::listen(Address::parse("0"));
    const Address here = co_await listener.local_address();
    for (int i = 0; i < clients; ++i) {
        co_yield NewTask{send_much(here)};
    }
    for (int i = 0; i < clients; ++i) {
        const Socket connection = co_await listener.accept();
        co_await read_all(connection.fd());
    }
}

Coroutine<> work_in_threads(int jobs) {
    std::vector<Tid> workers;
    for (int i = 0; i < jobs; ++i) {
        const auto worker = [](int number) -> Coroutine<int> {
            const auto square = [number] { return number * number; };
            co_return co_yield InThread{square};
        };
        const Tid tid = co_yield NewTask{worker(i)}.joinable();
        workers.push_back(tid);
    }
    for (const Tid worker : workers) {
        co_yield WaitTask{worker};
    }
    co_yield Random{};
    co_yield WallClock{};
}

std::uint64_t hash_with(std::optional<std::uint64_t> seed, Main (*make)()) {
    Kernel::Options options = Machine::options();
    options.seed = seed;
    Machine machine(options);
    RunHash hash;
    machine.kernel().attach(hash);
    CHECK(machine.run(make()) == Ending::finished);
    return hash.value();
}

TEST_CASE("in a simulated world equal seeds give equal hashes, and so does no seed",
          "[simulated]") {
    for (Main (*const make)() : {+[]() -> Main { return serve_and_call(5); },
                                 +[]() -> Main { return work_in_threads(8); }}) {
        std::set<std::uint64_t> hashes;
        for (const std::optional<std::uint64_t> seed :
             {std::optional<std::uint64_t>(), {1}, {2}, {3}}) {
            const std::uint64_t hash = hash_with(seed, make);
            CHECK(hash == hash_with(seed, make));
            hashes.insert(hash);
        }
        CHECK(hashes.size() == 4);
    }
}

}  // namespace
}  // namespace yos
