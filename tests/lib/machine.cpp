#include "tests/lib/machine.h"

#include "kernel/host/host_poller.h"
#include "kernel/simulated/simulated_world.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <system_error>
#include <utility>

namespace yos {

void Record::spawned(const Task& task) {
    add(task, "spawned");
}

void Record::trapped(const Task& task, const Trap& trap) {
    add(task, "trapped " + to_string(trap));
}

void Record::completed(const Task& task, const Trap& trap, Outcome outcome) {
    std::ostringstream result;
    if (outcome.kind() == Outcome::Kind::failed) {
        result << std::make_error_code(outcome.error()).message();
    } else {
        trap.print_result(result);
    }
    add(task, "completed " + to_string(trap) + " = " + result.str());
}

void Record::blocked(const Task& task, const Trap& trap) {
    add(task, "blocked on " + to_string(trap));
}

void Record::woken(const Task& task, Tid by) {
    add(task, "woken by " + std::to_string(by));
}

void Record::interrupted(const Task& task, const Trap& trap) {
    add(task, "interrupted in " + to_string(trap));
}

void Record::exited(const Task& task, const ExitStatus& status) {
    std::ostringstream how;
    how << status;
    add(task, how.str());
}

std::size_t Record::count(const std::string& line) const {
    return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
}

void Record::add(const Task& task, const std::string& what) {
    if (!task.is_kernel()) {
        lines.push_back(std::to_string(task.tid()) + " " + what);
    }
}

namespace {

/// Where the host refuses the backend that is to be tested, a test says so and ends, and is
/// reported as skipped.
IoBackend find_backend_under_test() {
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

Kernel::Options seeded(std::uint64_t seed) {
    Kernel::Options chosen = Machine::options();
    chosen.seed = seed;
    return chosen;
}

}  // namespace

Kernel::Options Machine::options() {
    Kernel::Options options;
    options.world = simulated_devices;
    options.standard_streams = false;
    options.log.level = LogLevel::trace;
    options.log.console = false;
    return options;
}

Kernel::Options Machine::on_host() {
    Kernel::Options options = Machine::options();
    options.world = host_devices;
    options.virtual_time = true;
    static const IoBackend backend_under_test = find_backend_under_test();
    options.io = backend_under_test;
    return options;
}

Machine::Machine(Kernel::Options chosen)
    : blocks_before_(Recycler::live()), kernel_(std::make_unique<Kernel>(std::move(chosen))) {
    // Attended, all traps go the long way.
    if (std::getenv("YOS_TEST_UNATTENDED") == nullptr) {
        kernel_->attach(record);
    }
}

Machine::Machine(std::uint64_t seed) : Machine(seeded(seed)) {}

Machine::~Machine() {
    CHECK(kernel_->tasks().size() == 1);  // the I/O task
    CHECK(kernel_->descriptors().size() == 0);
    CHECK(kernel_->timers().empty());
    kernel_.reset();
    CHECK(Recycler::live() == blocks_before_);
}

Ending Machine::run(Main main) {
    kernel_->spawn(std::move(main));
    return kernel_->run();
}

bool Machine::blocked(Tid tid, const std::string& call) const {
    return record.has(std::to_string(tid) + " blocked on " + call);
}

bool Machine::woken(Tid tid, Tid by) const {
    return record.has(std::to_string(tid) + " woken by " + std::to_string(by));
}

}  // namespace yos
