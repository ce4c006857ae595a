#pragma once

// The world outside, as the kernel reaches it: its devices, and no other way. There is the host's
// (kernel/host), and one that is simulated (kernel/simulated): whoever makes another writes a
// function that returns it, and gives that to Kernel::Options.

#include "kernel/doors/oracle.h"
#include "kernel/doors/tape.h"
#include "kernel/files/foreground.h"
#include "kernel/time/clock.h"
#include "kernel/world/arrivals.h"
#include "kernel/world/poller.h"
#include "kernel/world/processes.h"
#include "kernel/world/signals.h"
#include "kernel/world/sockets.h"
#include "kernel/world/threads.h"
#include "kernel/world/tree.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace yos {

class KernelLog;

/// The host's ways to wait: epoll tells when to try, io_uring does what it is asked and tells what
/// came of it.
enum class IoBackend {
    automatic,  ///< io_uring where the host allows it
    epoll,
    uring,
};

/// What of a world is to be chosen. See Kernel::Options.
struct WorldOptions {
    bool virtual_time = false;
    bool take_signals = false;
    bool standard_streams = true;
    std::string root = "/";
    IoBackend io = IoBackend::automatic;
    std::function<std::size_t(Choice, const Candidates&)> choose = {};  ///< asks the oracle
};

/// What a world is made of.
struct Devices {
    bool virtual_time = false;
    bool repeats = false;  ///< see World::repeats
    std::unique_ptr<Poller> poller = {};
    std::unique_ptr<Signals> signals = {};
    std::unique_ptr<Sockets> sockets = {};
    std::unique_ptr<Tree> tree = {};
    std::unique_ptr<Processes> processes = {};
    std::unique_ptr<Threads> threads = {};      ///< whose jobs may use the others
    std::shared_ptr<Foreground> terminal = {};  ///< the one that yos was started from
    std::vector<std::shared_ptr<File>> standard_streams = {};  ///< of a process: 0, 1 and 2
    std::function<std::uint64_t()> entropy = {};               ///< to begin a generator with
};

class World {
public:
    /// With a tape, all that comes in from the devices is on it.
    explicit World(Devices devices, Tape* tape = nullptr);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Waits for something to come in, if need be, and takes in all that has.
    /// Throws what a device or the tape has thrown; nothing more comes in after that.
    Arrivals& take_in(const Patience& patience);

    /// Is work for threads under way, whose end will come in?
    bool busy() const { return threads->busy() || !early_.empty(); }

    /// 64 random bits.
    std::uint64_t random();

    /// Is nothing left to chance in here? Then the same program does the same each time, and who
    /// would go past the kernel is refused.
    bool repeats() const { return repeats_ || tape_.get() != nullptr; }

private:
    TapeGuard tape_;

public:
    Clock clock;
    const std::unique_ptr<Poller> poller;
    const std::unique_ptr<Signals> signals;
    const std::unique_ptr<Sockets> sockets;
    const std::unique_ptr<Tree> tree;
    const std::unique_ptr<Processes> processes;
    const std::unique_ptr<Threads> threads;
    const std::shared_ptr<Foreground> terminal;
    std::vector<std::shared_ptr<File>> standard_streams;

private:
    void take_from_devices(const Patience& patience);
    void put_on_tape();
    void take_from_tape();
    std::shared_ptr<Threads::Job> finished_job(std::uint64_t number);

    const bool repeats_;
    const std::function<std::uint64_t()> entropy_;
    std::optional<std::mt19937_64> generator_;  // none before somebody wants random bits
    Arrivals arrived_;
    std::map<std::uint64_t, std::shared_ptr<Threads::Job>> early_;  // sooner than on the tape
};

}  // namespace yos
