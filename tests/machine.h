#pragma once

// What nearly every test needs: a kernel on the virtual clock, a record of what it did, and the
// check that nothing is left behind.

#include "kernel/kernel.h"
#include "tests/catch.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace yos {

/// Writes events down as lines: `2 trapped GetTid()`, `2 completed GetTid() = 2`, `3 woken by 2`.
class Record final : public Observer {
public:
    void spawned(const Task& task) override { add(task, "spawned"); }
    void trapped(const Task& task, const Trap& trap) override {
        add(task, "trapped " + to_string(trap));
    }
    void completed(const Task& task, const Trap& trap, Outcome outcome) override {
        std::ostringstream result;
        if (outcome.kind() == Outcome::Kind::failed) {
            result << std::make_error_code(outcome.error()).message();
        } else {
            trap.print_result(result);
        }
        add(task, "completed " + to_string(trap) + " = " + result.str());
    }
    void blocked(const Task& task, const Trap& trap) override {
        add(task, "blocked on " + to_string(trap));
    }
    void woken(const Task& task, Tid by) override { add(task, "woken by " + std::to_string(by)); }
    void interrupted(const Task& task, const Trap& trap) override {
        add(task, "interrupted in " + to_string(trap));
    }
    void exited(const Task& task, const ExitStatus& status) override {
        std::ostringstream how;
        how << status;
        add(task, how.str());
    }

    /// How many lines are exactly `line`.
    std::size_t count(const std::string& line) const {
        return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
    }
    bool has(const std::string& line) const { return count(line) > 0; }

    std::vector<std::string> lines;

private:
    void add(const Task& task, const std::string& what) {
        if (!task.is_kernel()) {
            lines.push_back(std::to_string(task.tid()) + " " + what);
        }
    }
};

/// The tests of input and output are run once for each backend. Where the host refuses one, they
/// say so and end, and are reported as skipped.
inline IoBackend find_backend_under_test() {
    const char* const asked = std::getenv("YOS_TEST_IO");
    const IoBackend backend = parse_io_backend(asked != nullptr ? asked : "epoll");
    if (backend == IoBackend::uring) {
        try {
            make_uring_poller();
        } catch (const std::system_error& refusal) {
            std::cerr << "skipped: no io_uring here: " << refusal.what() << std::endl;
            std::_Exit(77);
        }
    }
    return backend;
}

/// A machine without a terminal whose time is virtual. At its end no task and no frame may be left.
class Machine {
public:
    static Kernel::Options options() {
        Kernel::Options options;
        options.virtual_time = true;
        options.standard_streams = false;
        static const IoBackend backend_under_test = find_backend_under_test();
        options.io = backend_under_test;
        options.log.level = LogLevel::trace;
        options.log.console = false;
        return options;
    }

    explicit Machine(Kernel::Options chosen = options())
        : blocks_before_(Recycler::live()), kernel_(std::make_unique<Kernel>(std::move(chosen))) {
        kernel_->attach(record);
    }

    /// One that picks the next task by a generator: equal seeds give equal runs.
    explicit Machine(std::uint64_t seed) : Machine(seeded(seed)) {}

    ~Machine() {
        CHECK(kernel_->tasks().size() == 1);  // the I/O task
        CHECK(kernel_->descriptors().size() == 0);
        CHECK(kernel_->timers().empty());
        kernel_.reset();
        CHECK(Recycler::live() == blocks_before_);
    }

    Kernel& kernel() { return *kernel_; }

    /// Spawns it as the next task and runs the machine until all has ended.
    Ending run(Main main) {
        kernel_->spawn(std::move(main));
        return kernel_->run();
    }

    /// Did that task ever block on that call, as in blocked(2, "Receive()")? Was it woken by that
    /// other one?
    bool blocked(Tid tid, const std::string& call) const {
        return record.has(std::to_string(tid) + " blocked on " + call);
    }
    bool woken(Tid tid, Tid by) const {
        return record.has(std::to_string(tid) + " woken by " + std::to_string(by));
    }

    Record record;

private:
    static Kernel::Options seeded(std::uint64_t seed) {
        Kernel::Options chosen = options();
        chosen.seed = seed;
        return chosen;
    }

    long blocks_before_;
    std::unique_ptr<Kernel> kernel_;
};

}  // namespace yos
