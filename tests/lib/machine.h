#pragma once

// What nearly every test needs: a kernel on the virtual clock, a record of what it did, and the
// check that nothing is left behind.

#include "kernel/kernel.h"
#include "tests/lib/catch.h"

#include <memory>
#include <string>
#include <vector>

namespace yos {

/// Writes events down as lines: `2 trapped GetTid()`, `2 completed GetTid() = 2`, `3 woken by 2`.
class Record final : public Observer {
public:
    void spawned(const Task& task) override;
    void trapped(const Task& task, const Trap& trap) override;
    void completed(const Task& task, const Trap& trap, Outcome outcome) override;
    void blocked(const Task& task, const Trap& trap) override;
    void woken(const Task& task, Tid by) override;
    void interrupted(const Task& task, const Trap& trap) override;
    void exited(const Task& task, const ExitStatus& status) override;

    /// How many lines are exactly `line`.
    std::size_t count(const std::string& line) const;
    bool has(const std::string& line) const { return count(line) > 0; }

    std::vector<std::string> lines;

private:
    void add(const Task& task, const std::string& what);
};

/// A machine in a simulated world, without files, processes and signals: whatever runs on it does
/// the same each time. At its end no task and no frame may be left. Nothing is recorded if
/// $YOS_TEST_UNATTENDED is set: so it is for files of tests that do not look at records, and their
/// traps go the short way.
class Machine {
public:
    static Kernel::Options options();

    /// The same in the host's world, still on virtual time. Input and output go by the backend that
    /// $YOS_TEST_IO names, or by epoll. A test to which it matters is tagged [host], and is run
    /// with each of them.
    static Kernel::Options on_host();

    explicit Machine(Kernel::Options chosen = options());

    /// One that picks the next task by a generator: equal seeds give equal runs.
    explicit Machine(std::uint64_t seed);

    ~Machine();

    Kernel& kernel() { return *kernel_; }

    /// Spawns it as the next task and runs the machine until all has ended.
    Ending run(Main main);

    /// Did that task ever block on that call, as in blocked(2, "Receive()")? Was it woken by that
    /// other one?
    bool blocked(Tid tid, const std::string& call) const;
    bool woken(Tid tid, Tid by) const;

    Record record;

private:
    long blocks_before_;
    std::unique_ptr<Kernel> kernel_;
};

/// A machine for tests that need the host: files, processes, signals, sockets with a far end of the
/// test's own.
class HostMachine : public Machine {
public:
    HostMachine() : Machine(on_host()) {}
};

}  // namespace yos
