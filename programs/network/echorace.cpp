// The course's race, run again: the same load on an echo server made of coroutines and on one with
// a thread for each client. Servers and loads are processes of their own, as they were then, so
// that none is in another's way but for the processors.

#include "programs/lib/line_reader.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/now.h"
#include "syscalls/start_process.h"
#include "syscalls/wait_process.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <stdexcept>

namespace yos {
namespace {

struct Load {
    std::size_t processes = 3;
    std::int64_t connections = 0;  // of each process
    std::int64_t messages = 0;     // on each connection
};

/// Runs a command in a yos of its own.
Coroutine<ChildProcess> start_yos(std::string command) {
    std::vector<std::string> words;
    words.emplace_back("/proc/self/exe");
    words.emplace_back("-c");
    words.push_back(std::move(command));
    co_return co_yield StartProcess{words};
}

/// What a server says when it begins is `NAME: listening at 127.0.0.1:PORT`.
std::string port_in(const std::string& line) {
    if (line.find("listening at") == std::string::npos) {
        throw std::runtime_error("the server does not listen; it says: " + line);
    }
    return line.substr(line.rfind(':') + 1);
}

/// In seconds.
struct Result {
    double elapsed = 0;
    double processor = 0;  // the server's time on it
};

/// Out of /proc/self/stat, where it is counted in 100ths of a second: in the program, for it in the
/// host.
double processor_time(const std::string& stat) {
    std::istringstream fields(stat.substr(stat.rfind(')') + 1));
    std::string ignored;
    for (int field = 3; field < 14; ++field) {
        fields >> ignored;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / 100;
}

/// Lets the load run against a server.
Coroutine<Result> run(std::string server, Load load) {
    // When its input has come to the end, it tells what it has needed.
    ChildProcess serving = co_await start_yos(server + " 0 & cat > /dev/null; cat /proc/self/stat");
    LineReader says(serving.output);
    const std::string port = port_in((co_await says.read_line()).value_or("nothing"));
    const std::string blaster =
        fmt::format("blaster 127.0.0.1 {} -n {} -m {}", port, load.connections, load.messages);
    std::vector<ChildProcess> blasters;
    const Time begin = co_yield Now{};
    for (std::size_t i = 0; i < load.processes; ++i) {
        blasters.push_back(co_await start_yos(blaster));
    }
    for (const ChildProcess& one : blasters) {
        const int status = co_yield WaitProcess{one.process};
        if (status != 0) {
            throw std::runtime_error(server + " lost messages");
        }
    }
    const Time end = co_yield Now{};
    serving.input.reset();
    Result result;
    result.elapsed = std::chrono::duration<double>(end - begin).count();
    result.processor = processor_time((co_await says.read_line()).value_or(""));
    co_return result;
}

Coroutine<int> echorace(Invocation invocation) {
    Load load;
    Number connections{.value = 300, .least = 1, .most = 10'000};
    Number messages{.value = 200, .least = 1, .most = 1'000'000};
    Options options(invocation);
    options.option("-n,--connections", "N", connections, "of each of the three processes (300)");
    options.option("-m,--messages", "N", messages, "of 1 KB, on each connection (200)");
    options.example("echorace");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    load.connections = connections.value;
    load.messages = messages.value;
    const Result threads = co_await run("echothread", load);
    const Result coroutines = co_await run("echo-server", load);
    const double processor_ratio = coroutines.processor / std::max(threads.processor, 0.01);
    co_await print(
        invocation.out,
        "{} processes, {} clients each     the course, 2009    here   the server's processor time\n"
        "a thread for each client                     43 s  {:6.2f} s              {:6.2f} s\n"
        "coroutines                                  326 s  {:6.2f} s              {:6.2f} s\n"
        "coroutines took                         7.6 times  {:6.2f} times          {:6.2f} times "
        "as long\n",
        load.processes,
        load.connections,
        threads.elapsed,
        threads.processor,
        coroutines.elapsed,
        coroutines.processor,
        coroutines.elapsed / threads.elapsed,
        processor_ratio);
    co_return 0;
}

const Program program("echorace", "coroutines against threads, as in the course", echorace);

}  // namespace
}  // namespace yos
