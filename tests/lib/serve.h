#pragma once

// Servers of programs/, run on a test's machine, and clients that say something and read what
// comes.

#include "programs/lib/line_reader.h"
#include "programs/lib/program.h"
#include "programs/lib/socket.h"
#include "syscalls/cancel_task.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/wait_task.h"
#include "tests/lib/machine.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace yos {

/// A server that runs, and what it prints.
struct ServerRun {
    Tid tid;
    std::string port;
    Descriptor in;  ///< it prints into this
    std::unique_ptr<LineReader> said;
    Descriptor out;

    /// Interrupts it, as Ctrl-C does; evaluates to what it says then.
    Coroutine<std::string> stop() {
        co_yield CancelTask{tid, "interrupted"};
        const std::optional<std::string> line = co_await said->read_line();
        co_yield WaitTask{tid};
        co_return line.value_or("nothing");
    }
};

/// Starts the program at a port, of the host's choice unless told.
inline Coroutine<ServerRun> start_server(std::string name, std::string port = "0") {
    const ProgramRef program = co_await find_program(name);
    Invocation invocation(program);
    invocation.words.push_back(std::move(port));
    PipeEnds pipe = co_yield Pipe{};
    invocation.out = pipe.writer;
    invocation.err = pipe.writer;
    const Tid tid =
        co_yield NewTask{Program::run(std::move(invocation)), name}.joinable().leads_job();
    auto said = std::make_unique<LineReader>(pipe.reader);
    const std::optional<std::string> line = co_await said->read_line();
    ServerRun run{tid,
                  line->substr(line->rfind(':') + 1),
                  std::move(pipe.writer),
                  std::move(said),
                  std::move(pipe.reader)};
    co_return run;
}

/// A client of it.
inline Coroutine<Socket> call_server(ServerRun& server) {
    co_return co_await Socket::connect(Address::parse("127.0.0.1:" + server.port));
}

/// As many bytes as `expected` has, or all there are until the end; so they are all of it if they
/// are the same.
inline Coroutine<std::string> hear(Socket& client, std::size_t size) {
    std::string heard;
    while (heard.size() < size) {
        const std::string more = co_await client.recv(size - heard.size());
        if (more.empty()) {
            break;
        }
        heard += more;
    }
    co_return heard;
}

/// Says something, and hears whether `expected` comes back.
inline Coroutine<> converse(Socket& client, std::string said, std::string expected) {
    co_await client.send(said);
    const std::string heard = co_await hear(client, expected.size());
    CHECK(heard == expected);
}

}  // namespace yos
