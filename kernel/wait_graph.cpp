// What the kernel says when nothing can ever happen any more.

#include "kernel/kernel.h"

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <vector>

namespace yos {
namespace {

/// The call that `task` is in; null when it runs: then somebody asks in the midst of a run.
const Trap* waited_in(const Task& task) {
    return task.state() != Task::State::running ? task.pending_trap() : nullptr;
}

/// The task that `task` waits for; null when that is no single living task.
const Task* awaited_by(const Kernel& kernel, const Task& task) {
    const Trap* trap = waited_in(task);
    const std::optional<Tid> holder = trap != nullptr ? trap->waits_for() : std::nullopt;
    return holder ? kernel.find_alive(*holder) : nullptr;
}

using Cycle = std::vector<const Task*>;

/// The cycle that `task` is part of, the lowest tid first.
Cycle cycle_through(const Kernel& kernel, const Task& task) {
    Cycle cycle;
    const Task* member = &task;
    do {
        cycle.push_back(member);
        member = awaited_by(kernel, *member);
    } while (member != &task);
    const auto lowest = std::min_element(
        cycle.begin(), cycle.end(), [](auto* a, auto* b) { return a->tid() < b->tid(); });
    std::rotate(cycle.begin(), lowest, cycle.end());
    return cycle;
}

/// A task waits for one other at most: so a walk from task to task ends, joins an earlier walk, or
/// runs into itself, and then has found a cycle.
std::vector<Cycle> find_cycles(const Kernel& kernel) {
    std::vector<Cycle> cycles;
    std::unordered_map<const Task*, const Task*> walks;  // by which walk a task was seen first
    kernel.tasks().for_each([&](const Task& start) {
        const Task* task = &start;
        while (task != nullptr && walks.try_emplace(task, &start).second) {
            task = awaited_by(kernel, *task);
        }
        if (task != nullptr && walks[task] == &start) {
            cycles.push_back(cycle_through(kernel, *task));
        }
    });
    return cycles;
}

std::string label(const Task& task) {
    return "task " + std::to_string(task.tid()) + " (" + task.name() + ")";
}

void print_cycle(std::ostream& out, const Cycle& cycle) {
    out << "\n  cycle:";
    const std::size_t shown = std::min(cycle.size(), limits::tasks_in_report);
    for (std::size_t i = 0; i < shown; ++i) {
        out << ' ' << label(*cycle[i]) << " ->";
    }
    if (shown < cycle.size()) {
        out << " and " << cycle.size() - shown << " more ->";
    }
    out << ' ' << label(*cycle.front());
}

void print_backtrace(std::ostream& out, const std::vector<StackEntry>& backtrace) {
    const std::size_t shown = std::min(backtrace.size(), limits::frames_in_report);
    for (std::size_t i = 0; i < shown; ++i) {
        const StackEntry& entry = backtrace[i];
        out << "\n      " << entry.function << " at " << entry.file << ':' << entry.line;
    }
    if (shown < backtrace.size()) {
        out << "\n      and " << backtrace.size() - shown << " more";
    }
}

}  // namespace

std::string Kernel::wait_graph() const {
    std::ostringstream out;
    out << "deadlock: no task is ready, no timer is set, nothing outside is waited for";
    std::size_t waiting = 0;
    tasks_.for_each([&](const Task& task) {
        const Trap* trap = waited_in(task);
        if (task.is_kernel() || trap == nullptr || ++waiting > limits::tasks_in_report) {
            return;
        }
        out << "\n  " << label(task) << " waits in " << to_string(*trap);
        if (const Task* holder = awaited_by(*this, task)) {
            out << " for " << label(*holder);
        }
        print_backtrace(out, task.backtrace());
    });
    if (waiting > limits::tasks_in_report) {
        out << "\n  and " << waiting - limits::tasks_in_report << " more";
    }
    for (const Cycle& cycle : find_cycles(*this)) {
        print_cycle(out, cycle);
    }
    return out.str();
}

}  // namespace yos
