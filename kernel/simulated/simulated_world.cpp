#include "kernel/simulated/simulated_world.h"

#include "kernel/simulated/simulated_sockets.h"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace yos {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw std::system_error(std::make_error_code(std::errc::not_supported),
                            what + ": a simulated world has none of the host");
}

class NoPoller final : public Poller {
public:
    std::span<Readiness> wait(std::optional<Duration> /*limit*/) override { return {}; }
    void interrupt() noexcept override {}
};

/// Whoever waits for one waits for ever.
class NoSignals final : public Signals {
public:
    void claim(int /*signal*/) override {}
    WaitQueue::Waker waker() const override { return WaitQueue::Waker::task; }
    int next() noexcept override { return 0; }
};

/// A root, with nothing in it, to which nothing can be added.
class EmptyTree final : public Tree {
public:
    std::string start() const override { return "/"; }
    bool is_whole() const override { return false; }
    std::shared_ptr<File> open(const std::string& path, int flags, unsigned) override {
        (flags & O_CREAT) != 0 ? refuse_change(path) : say_there_is_none(path);
    }
    FileAttributes attributes(const std::string& path, bool) const override {
        if (!is_root(path)) {
            say_there_is_none(path);
        }
        FileAttributes root;
        root.kind = FileKind::directory;
        root.permissions = 0555;
        root.links = 2;
        return root;
    }
    std::vector<DirectoryEntry> list(const std::string& path) const override {
        if (!is_root(path)) {
            say_there_is_none(path);
        }
        return {};
    }
    void make_directory(const std::string& path, unsigned) override { refuse_change(path); }
    void remove(const std::string& path) override { say_there_is_none(path); }

private:
    static bool is_root(const std::string& path) {
        return !path.empty() && path.find_first_not_of("./") == std::string::npos;
    }
    [[noreturn]] static void say_there_is_none(const std::string& path) {
        throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory), path);
    }
    [[noreturn]] static void refuse_change(const std::string& path) {
        throw std::system_error(std::make_error_code(std::errc::read_only_file_system), path);
    }
};

class NoProcesses final : public Processes {
public:
    ProcessFiles start(const std::vector<std::string>& words, const std::string&) override {
        refuse(words.front());
    }
};

class NoTerminal final : public Foreground {
protected:
    void keys_changed() override {}
};

/// Does the work at the next turn of the I/O task, one job after the other.
class Workshop final : public Threads {
public:
    std::vector<std::shared_ptr<Job>> take_finished() override {
        std::vector<std::shared_ptr<Job>> jobs(waiting_.begin(), waiting_.end());
        waiting_.clear();
        for (const std::shared_ptr<Job>& job : jobs) {
            if (job.use_count() > 1) {
                job->run();
            }
        }
        return jobs;
    }
    bool has_job_of(const MemoryRange& module) const override {
        return std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& job) {
            return module.contains_class_of(*job);
        });
    }
    bool busy() const override { return !waiting_.empty(); }

protected:
    void begin(std::shared_ptr<Job> job) override { waiting_.push_back(std::move(job)); }

private:
    std::deque<std::shared_ptr<Job>> waiting_;
};

/// Where nothing is to be read.
class EmptyInput final : public File {
public:
    EmptyInput() : File(WaitQueue::Waker::task) {}
    IoResult read(std::span<char> /*buffer*/) override { return {}; }
    std::string describe() const override { return "standard input"; }
};

/// What is printed goes to the host at once: nothing comes back from there but how much it took,
/// and it takes all.
class HostOutput final : public File {
public:
    HostOutput(int number, std::string description)
        : File(WaitQueue::Waker::task), number_(number), description_(std::move(description)) {}

    IoResult write(std::span<const char> bytes) override {
        for (std::span<const char> left = bytes; !left.empty();) {
            const ssize_t put = ::write(number_, left.data(), left.size());
            if (put < 0 && errno == EAGAIN) {
                pollfd room{number_, POLLOUT, 0};
                ::poll(&room, 1, -1);
            } else if (put < 0 && errno != EINTR) {
                return IoResult::failed(static_cast<std::errc>(errno));
            }
            left = left.subspan(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
        }
        return {bytes.size()};
    }
    std::string describe() const override { return description_; }

private:
    const int number_;
    const std::string description_;
};

}  // namespace

Devices simulated_devices(const WorldOptions& options, KernelLog& /*log*/) {
    Devices devices;
    devices.virtual_time = true;
    devices.repeats = true;
    devices.poller = std::make_unique<NoPoller>();
    devices.signals = std::make_unique<NoSignals>();
    devices.threads = std::make_unique<Workshop>();
    devices.sockets = std::make_unique<SimulatedSockets>(options.choose);
    devices.tree = std::make_unique<EmptyTree>();
    devices.processes = std::make_unique<NoProcesses>();
    devices.terminal = std::make_shared<NoTerminal>();
    if (options.standard_streams) {
        devices.standard_streams = {std::make_shared<EmptyInput>(),
                                    std::make_shared<HostOutput>(STDOUT_FILENO, "standard output"),
                                    std::make_shared<HostOutput>(STDERR_FILENO, "standard error")};
    }
    devices.entropy = [] { return std::uint64_t{0}; };
    return devices;
}

}  // namespace yos
