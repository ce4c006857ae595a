// StartProcess and WaitProcess: children of the host's.

#include "programs/lib/print.h"
#include "syscalls/change_directory.h"
#include "syscalls/pipe.h"
#include "syscalls/start_process.h"
#include "syscalls/wait_process.h"
#include "tests/lib/actors.h"
#include "tests/lib/loopback.h"

#include <fstream>
#include <sched.h>

namespace yos {
namespace {

using Words = std::vector<std::string>;

Coroutine<ChildProcess> start(Words words) {
    co_return co_yield StartProcess{std::move(words)};
}

Coroutine<int> status_of(Words words) {
    const ChildProcess child = co_await start(std::move(words));
    co_return co_yield WaitProcess{child.process};
}

/// As the host's ps shows it: R, S, Z; X when there is no such process.
char state_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    const auto name_end = text.rfind(')');
    return name_end == std::string::npos ? 'X' : text[name_end + 2];
}

/// It has been killed, but may take a moment to die; it is reaped by whoever adopts orphans here.
bool dies(pid_t pid) {
    char state = 'R';
    for (int tries = 0; tries < 1'000'000 && state != 'X' && state != 'Z'; ++tries) {
        state = state_of(pid);
        ::sched_yield();
    }
    return state == 'X' || state == 'Z';
}

// ---- What it does ----

Coroutine<> talk_to_a_child(std::string& answer, int& status) {
    Words words = {"tr", "a-z", "A-Z"};
    ChildProcess child = co_await start(std::move(words));
    co_await write_all(child.input, "hello, ");
    co_await write_all(child.input, "child\n");
    child.input.reset();
    answer = co_await read_all(child.output);
    status = co_yield WaitProcess{child.process};
}

TEST_CASE("StartProcess runs a program of the host, which reads and writes", "[process][host]") {
    HostMachine machine;
    std::string answer;
    int status = -1;
    run_to_its_return(machine, talk_to_a_child(answer, status));
    CHECK(answer == "HELLO, CHILD\n");
    CHECK(status == 0);
}

Coroutine<> note_statuses(std::vector<int>& statuses) {
    for (const char* const script : {"exit 0", "exit 3", "kill -9 $$", "kill -PIPE $$"}) {
        Words words = {"sh", "-c", script};
        statuses.push_back(co_await status_of(std::move(words)));
    }
}

TEST_CASE("WaitProcess tells how a process ended, as a shell does", "[process][host]") {
    HostMachine machine;
    std::vector<int> statuses;
    run_to_its_return(machine, note_statuses(statuses));
    CHECK(statuses == std::vector<int>{0, 3, 137, 141});
}

Coroutine<> wait_for_it(Fd process, std::vector<int>& statuses) {
    statuses.push_back(co_yield WaitProcess{process});
}

Coroutine<> let_several_wait(std::vector<int>& statuses) {
    Words words = {"sh", "-c", "read line; exit 5"};
    ChildProcess child = co_await start(std::move(words));
    co_yield NewTask{wait_for_it(child.process, statuses)};
    co_yield NewTask{wait_for_it(child.process, statuses)};
    co_await let_the_others_run();
    CHECK(statuses.empty());
    child.input.reset();
    co_await wait_for_it(child.process, statuses);
    co_await wait_for_it(child.process, statuses);
}

TEST_CASE("several may wait for a process, and once more when it has ended", "[process][host]") {
    HostMachine machine;
    std::vector<int> statuses;
    run_to_its_return(machine, let_several_wait(statuses));
    CHECK(statuses == std::vector<int>{5, 5, 5, 5});
}

Coroutine<> ask_where(std::string directory, std::string& answer) {
    co_yield ChangeDirectory{directory};
    Words words = {"pwd"};
    const ChildProcess child = co_await start(std::move(words));
    answer = co_await read_all(child.output);
}

TEST_CASE("a process begins in the directory of the task that starts it", "[process][host]") {
    HostMachine machine;
    std::string answer;
    run_to_its_return(machine, ask_where("/usr", answer));
    CHECK(answer == "/usr\n");
}

// ---- When its task goes ----

/// Starts a shell that has a child of its own; both wait for ever.
Coroutine<> hold_processes(std::vector<pid_t>& pids) {
    Words words = {"sh", "-c", "sleep 1000 & echo $$ $!; wait"};
    const ChildProcess child = co_await start(std::move(words));
    std::string line(64, '\0');
    const std::size_t got = co_yield Read{child.output, line};
    const auto blank = line.find(' ');
    pids = {std::stoi(line.substr(0, blank)), std::stoi(line.substr(blank, got - blank))};
    co_yield WaitProcess{child.process};
}

enum class End { kill, cancel };

Coroutine<> end_holder(End how, std::vector<pid_t>& pids) {
    const Tid holder = co_yield NewTask{hold_processes(pids)};
    const bool started = co_await eventually([&] { return !pids.empty(); });
    REQUIRE(started);
    CHECK(state_of(pids.front()) != 'X');
    if (how == End::kill) {
        co_await kill(holder);
    } else {
        co_await cancel(holder);
    }
}

TEST_CASE("a process is killed and reaped when its task goes, with what it has started",
          "[process][host]") {
    const End how = GENERATE(End::kill, End::cancel);
    HostMachine machine;
    std::vector<pid_t> pids;
    run_to_its_return(machine, end_holder(how, pids));
    CHECK(state_of(pids.front()) == 'X');
    CHECK(dies(pids.back()));
}

// ---- What can go wrong ----

Coroutine<> note_errors(std::vector<std::error_code>& errors) {
    Words nothing_to_run;
    Words no_such = {"/no/such/program"};
    Words no_program = {"/etc/passwd"};
    errors.push_back(co_await error_of(start(std::move(nothing_to_run))));
    errors.push_back(co_await error_of(start(std::move(no_such))));
    errors.push_back(co_await error_of(start(std::move(no_program))));
    const PipeEnds pipe = co_yield Pipe{};
    errors.push_back(co_await error_of(call<WaitProcess>(pipe.reader.fd())));
    errors.push_back(co_await error_of(call<WaitProcess>(Fd{99})));
}

TEST_CASE("StartProcess and WaitProcess say what is wrong", "[process]") {
    HostMachine machine;
    std::vector<std::error_code> errors;
    run_to_its_return(machine, note_errors(errors));
    CHECK(errors ==
          std::vector<std::error_code>{make_error_code(std::errc::invalid_argument),
                                       make_error_code(std::errc::no_such_file_or_directory),
                                       make_error_code(std::errc::permission_denied),
                                       make_error_code(std::errc::invalid_argument),
                                       make_error_code(std::errc::bad_file_descriptor)});
}

Coroutine<> note_error(Words words, std::error_code& error) {
    error = co_await error_of(start(std::move(words)));
}

TEST_CASE("a kernel with a root of its own starts no process", "[process]") {
    const ScratchDirectory root;
    Kernel::Options options = Machine::on_host();
    options.root = root.file("");
    std::error_code error;
    {
        Machine machine(options);
        run_to_its_return(machine, note_error({"true"}, error));
    }
    CHECK(error == std::errc::operation_not_permitted);
}

}  // namespace
}  // namespace yos
