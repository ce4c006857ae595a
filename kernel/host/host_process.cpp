#include "kernel/host/host_process.h"

#include "tasks/contract.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace yos {
namespace {

void check(int error, const std::string& what) {
    if (error != 0) {
        throw std::system_error(error, std::generic_category(), what);
    }
}

struct HostPipe {
    HostPipe() {
        int ends[2];
        check(::pipe2(ends, O_CLOEXEC) < 0 ? errno : 0, "pipe");
        reader = HostDescriptor(ends[0]);
        writer = HostDescriptor(ends[1]);
    }

    HostDescriptor reader{-1};
    HostDescriptor writer{-1};
};

std::shared_ptr<File> stream_of(HostPoller& poller, HostDescriptor end, const std::string& name) {
    check(::fcntl(end.number(), F_SETFL, O_NONBLOCK) < 0 ? errno : 0, name);
    return make_host_file(poller, std::move(end), name);
}

/// What a child is to be like, in the words of posix_spawn.
class Preparations {
public:
    Preparations() {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
    }
    Preparations(const Preparations&) = delete;
    Preparations& operator=(const Preparations&) = delete;
    ~Preparations() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }

    /// Lets the child begin as one of nobody: without the kernel's descriptors but for the standard
    /// ones, with no signal ignored or blocked, and in a process group of its own.
    void begin_afresh() {
        sigset_t all;
        sigset_t none;
        ::sigfillset(&all);
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
        ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    }

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

pid_t spawn(const std::vector<std::string>& words,
            const std::string& directory,
            int input,
            int output) {
    Preparations child;
    ::posix_spawn_file_actions_addchdir_np(&child.actions, directory.c_str());
    ::posix_spawn_file_actions_adddup2(&child.actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&child.actions, output, STDOUT_FILENO);
    child.begin_afresh();
    std::vector<char*> arguments;
    for (const std::string& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    pid_t pid = 0;
    check(::posix_spawnp(&pid,
                         arguments.front(),
                         &child.actions,
                         &child.attributes,
                         arguments.data(),
                         ::environ),
          words.front());
    return pid;
}

void kill_and_reap(pid_t pid) {
    ::kill(-pid, SIGKILL);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace

HostProcess::HostProcess(HostPoller& poller,
                         pid_t pid,
                         HostDescriptor pidfd,
                         std::string description)
    : HostStream(poller, std::move(pidfd), Kind::plain, std::move(description)), pid_(pid) {}

HostProcess::~HostProcess() {
    if (!status_) {
        kill_and_reap(pid_);
    }
}

std::optional<int> HostProcess::status() {
    if (status_) {
        return status_;
    }
    if (!can_read()) {  // a pidfd can be read, so to speak, when its process has ended
        ask_for_input();
        return std::nullopt;
    }
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
        status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return status_;
}

ProcessFiles HostProcesses::start(const std::vector<std::string>& words,
                                  const std::string& directory) {
    check_contract(!words.empty(), "HostProcesses::start: no words: the first names the program");
    HostPipe in;
    HostPipe out;
    const std::string& name = words.front();
    const pid_t pid = spawn(words, directory, in.reader.number(), out.writer.number());
    HostDescriptor pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (pidfd.number() < 0) {
        const int error = errno;
        kill_and_reap(pid);
        check(error, "pidfd_open");
    }
    ::fcntl(pidfd.number(), F_SETFL, O_NONBLOCK);  // as all that is watched is
    ProcessFiles files;
    files.process = std::make_shared<HostProcess>(
        poller_, pid, std::move(pidfd), "process " + std::to_string(pid) + " (" + name + ")");
    files.input = stream_of(poller_, std::move(in.writer), "standard input of " + name);
    files.output = stream_of(poller_, std::move(out.reader), "standard output of " + name);
    return files;
}

}  // namespace yos
