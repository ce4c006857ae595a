// Boots the machine: reads the flags, makes a kernel, starts the shell as its first task, and runs
// until the shell has ended.

#include "kernel/doors/run_hash.h"
#include "kernel/host/host_poller.h"
#include "kernel/kernel.h"
#include "kernel/simulated/simulated_world.h"
#include "programs/boot/session_socket.h"
#include "programs/lib/program.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <iomanip>
#include <iostream>
#include <unistd.h>

namespace {

using namespace yos;

constexpr int usage_status = 2;
constexpr int deadlock_status = 35;  // EDEADLK

struct Flags {
    Kernel::Options kernel;
    std::string program = "sh";  // the first task, with these words
    std::vector<std::string> words;
    bool hash = false;
};

/// Programs that may stand on the command line by themselves, as in `yos new syscall mine`.
constexpr std::array<std::string_view, 2> without_shell = {"new", "attach"};

/// Ends in std::exit for --help and --version, and for flags that are wrong.
Flags parse(int argc, char** argv) {
    Flags flags;
    if (argc > 1 && std::count(without_shell.begin(), without_shell.end(), argv[1]) > 0) {
        flags.program = argv[1];
        flags.words.assign(argv + 2, argv + argc);
        return flags;
    }
    std::uint64_t seed = 0;
    bool simulated = false;
    std::string io = "auto";
    std::string level = "info";
    std::string commands;
    std::vector<std::string> script;

    CLI::App app("Boots the yos kernel and its shell.", "yos");
    app.set_help_flag("--help", "print this help");
    app.set_version_flag("--version", "yos " YOS_VERSION, "print the version");
    app.add_flag("--virtual-time",
                 flags.kernel.virtual_time,
                 "time jumps to the next timer when no task is ready");
    auto* seeded =
        app.add_option("--seed", seed, "pick ready tasks from a generator with this seed")
            ->type_name("N");
    app.add_flag("--simulated",
                 simulated,
                 "with -c: in a world of its own, without the host's files, network, processes and "
                 "time; the same each time");
    app.add_flag(
        "--hash", flags.hash, "print a hash of all decisions, traps and results at the end");
    app.add_option("--quantum", flags.kernel.quantum, "traps in a row before others get a turn")
        ->check(CLI::Range(1U, limits::longest_quantum))
        ->type_name("N");
    app.add_option("--max-tasks", flags.kernel.max_tasks, "tasks alive at once")
        ->check(CLI::Range(std::size_t{1}, limits::max_tasks))
        ->type_name("N");
    app.add_option("--root", flags.kernel.root, "the host's directory that paths begin at (/)")
        ->type_name("DIR");
    app.add_flag(
        "--accounting", flags.kernel.accounting, "measure each task's processor time, for ps");
    app.add_option("--io",
                   io,
                   "how to do input and output: epoll, uring, or auto, which is uring if the host "
                   "allows it")
        ->type_name("BACKEND");
    app.add_option("--log-level", level, "trace, debug, info, warning, error or off")
        ->type_name("LEVEL");
    app.add_option("--log-file", flags.kernel.log.file, "append the kernel's log to this file")
        ->type_name("FILE");
    auto* command = app.add_option("-c", commands, "run these commands instead of a session")
                        ->type_name("COMMANDS");
    app.add_option("SCRIPT", script, "run this file's commands, with arguments")->type_name("");
    app.footer(
        "yos new syscall NAME, yos new program NAME: begin one of your own.\n"
        "yos attach [PROCESS]: a shell on the yos that runs already.");
    app.positionals_at_end();
    try {
        app.parse(argc, argv);
        flags.kernel.log.level = parse_log_level(level);
        flags.kernel.io = parse_io_backend(io);
        if (simulated && command->count() == 0) {
            throw std::invalid_argument(
                "--simulated needs -c COMMANDS: in there are no files and no person");
        }
    } catch (const CLI::CallForHelp&) {
        std::cout << app.help();
        std::exit(0);
    } catch (const CLI::CallForVersion&) {
        std::cout << app.version() << '\n';
        std::exit(0);
    } catch (const std::exception& error) {
        std::cerr << "yos: " << error.what() << "\nusage: yos [FLAGS] [-c COMMANDS | SCRIPT]; "
                  << "yos --help lists the flags\n";
        std::exit(usage_status);
    }
    if (simulated) {
        flags.kernel.world = simulated_devices;
    }
    if (seeded->count() > 0) {
        flags.kernel.seed = seed;
    }
    if (command->count() > 0) {
        flags.words = {"-c", commands};
        flags.words.insert(flags.words.end(), script.begin(), script.end());
    } else if (!script.empty()) {
        flags.words = script;
    } else if (::isatty(STDIN_FILENO) != 0) {
        flags.program = "console";
    }
    return flags;
}

/// The host may start us with a standard stream closed. Keeps its number from becoming something
/// else. There is nothing to read then, and nobody hears a complaint; but what is printed must not
/// get lost silently, so standard output is opened the wrong way round.
void hold_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        const int direction = stream == STDOUT_FILENO ? O_RDONLY : O_RDWR;
        // The host gives the lowest number that is free.
        if (::fcntl(stream, F_GETFD) < 0 && ::open("/dev/null", direction | O_CLOEXEC) != stream) {
            throw std::system_error(errno, std::generic_category(), "/dev/null");
        }
    }
}

/// The variables that the host has handed on.
std::shared_ptr<const Environment> environment_of_host() {
    auto environment = std::make_shared<Environment>();
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        const std::string variable = *each;
        const std::size_t equals = variable.find('=');
        if (equals != std::string::npos) {
            environment->emplace(variable.substr(0, equals), variable.substr(equals + 1));
        }
    }
    return environment;
}

/// Ends the machine when it goes.
class MachineEnd {
public:
    explicit MachineEnd(Kernel& kernel) : kernel_(kernel) {}
    MachineEnd(const MachineEnd&) = delete;
    MachineEnd& operator=(const MachineEnd&) = delete;
    ~MachineEnd() { kernel_.stop(kernel_.stopped_by()); }

private:
    Kernel& kernel_;
};

/// The first task. With it the machine ends, whatever else still runs, and however it has ended.
Coroutine<int> run_first(Kernel& kernel, std::string name, std::vector<std::string> words) {
    const MachineEnd end(kernel);
    const ProgramRef program = co_await find_program(name);
    Invocation invocation(program, std::move(words));
    if (!kernel.world().repeats()) {
        invocation.environment = environment_of_host();
    }
    co_return co_await Program::run(std::move(invocation));
}

/// Others attach to a session by its socket; without one it goes on alone, and says why.
class SessionSocket {
public:
    explicit SessionSocket(Flags& flags) {
        try {
            path_ = session_socket();
            flags.words = {"--attach-at", path_};
        } catch (const std::system_error& error) {
            std::cerr << "yos: nobody can attach: " << error.what() << '\n';
        }
    }
    SessionSocket(const SessionSocket&) = delete;
    SessionSocket& operator=(const SessionSocket&) = delete;
    ~SessionSocket() { ::unlink(path_.c_str()); }

private:
    std::string path_;
};

int run(const Flags& flags) {
    Kernel kernel(flags.kernel);
    RunHash hash;
    if (flags.hash) {
        kernel.attach(hash);
    }
    const Tid tid = kernel.spawn(run_first(kernel, flags.program, flags.words),
                                 {.name = flags.program, .joinable = true});
    kernel.world().terminal->give_to(tid);
    const Ending ending = kernel.run();
    if (flags.hash) {
        std::cerr << "run hash: " << std::hex << std::setfill('0') << std::setw(16) << hash.value()
                  << '\n';
    }
    if (ending == Ending::deadlocked) {
        return deadlock_status;
    }
    if (kernel.stopped_by() != 0) {
        return 128 + kernel.stopped_by();
    }
    return kernel.collect(tid)->code;
}

}  // namespace

int main(int argc, char** argv) {
    Flags flags = parse(argc, argv);
    flags.kernel.take_signals = true;
    std::signal(SIGPIPE, SIG_IGN);
    try {
        hold_standard_streams();
        std::optional<SessionSocket> socket;
        if (flags.program == "console") {
            socket.emplace(flags);
        } else if (flags.program == "attach" && flags.words.size() < 2 &&
                   (flags.words.empty() || !flags.words.front().starts_with('-'))) {
            flags.words = {find_session(flags.words.empty() ? "" : flags.words.front())};
        }
        return run(flags);
    } catch (const std::exception& error) {
        std::cerr << "yos: " << error.what() << '\n';
        return 1;
    }
}
