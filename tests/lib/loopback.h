#pragma once

// What tests of sockets and files share: connections over the loopback, a directory that goes with
// the test, and errors as values.

#include "programs/lib/socket.h"
#include "syscalls/sleep.h"
#include "tests/lib/machine.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace yos {

/// A directory for the files of one test.
class ScratchDirectory {
public:
    ScratchDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "yos-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::system_error(errno, std::generic_category(), name);
        }
        path_ = name;
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory() { std::filesystem::remove_all(path_); }

    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// The two ends of a connection, both held by this machine's tasks.
struct Connection {
    Socket client;
    Socket server;
};

inline Coroutine<Connection> connect_to(Socket& listener) {
    const Address address = co_await listener.local_address();
    Socket client = co_await Socket::connect(address);
    Socket server = co_await listener.accept();
    Connection connection{std::move(client), std::move(server)};
    co_return connection;
}

/// Over TCP, unless told another address to listen at.
inline Coroutine<Connection> make_connection(std::string at = "127.0.0.1:0") {
    Socket listener = co_await Socket::listen(Address::parse(at));
    co_return co_await connect_to(listener);
}

/// Reads until the end of the file.
inline Coroutine<std::string> read_all(Fd fd) {
    std::string all;
    std::string chunk(65'536, '\0');
    while (const std::size_t got = co_yield Read{fd, chunk}) {
        all.append(chunk, 0, got);
    }
    co_return all;
}

/// On the virtual clock, this lets all others run until they wait.
inline Coroutine<> let_others_wait() {
    co_yield Sleep{std::chrono::milliseconds(1)};
}

/// Lets the others run until `condition` holds; false when it does not come to that.
template <class Condition>
Coroutine<bool> eventually(Condition condition) {
    for (int turns = 0; turns < 100'000 && !condition(); ++turns) {
        co_await let_others_wait();
    }
    co_return condition();
}

/// What a subroutine fails with; success when it returns.
template <class T>
Coroutine<std::error_code> error_of(Coroutine<T> subroutine) {
    try {
        co_await std::move(subroutine);
    } catch (const std::system_error& failure) {
        co_return failure.code();
    }
    co_return std::error_code();
}

/// Its message, where that matters.
template <class T>
Coroutine<std::string> complaint_of(Coroutine<T> subroutine) {
    try {
        co_await std::move(subroutine);
    } catch (const std::exception& failure) {
        co_return failure.what();
    }
    co_return std::string();
}

/// A call as a subroutine, for error_of and with_timeout.
template <class Call, class... Arguments>
Coroutine<typename Call::Result> call(Arguments... arguments) {
    co_return co_yield Call{std::move(arguments)...};
}

/// Runs `main` as the machine's next task, with those it starts; it must return.
inline void run_to_its_return(Machine& machine, Main main) {
    const Tid tid = machine.kernel().spawn(std::move(main), {.joinable = true});
    CHECK(machine.kernel().run() == Ending::finished);
    const std::optional<ExitStatus> status = machine.kernel().collect(tid);
    REQUIRE(status);
    CHECK(status->what() == "");
    CHECK(status->how == ExitStatus::How::returned);
}

}  // namespace yos
