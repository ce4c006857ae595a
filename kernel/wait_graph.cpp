// What the kernel says when nothing can ever happen any more.

#include "kernel/kernel.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace yos {
namespace {

/// The task that `task` waits for; null when that is no single living task.
const Task* awaited_by(const Kernel& kernel, const Task& task) {
    const Trap* trap = task.pending_trap();
    const std::optional<Tid> holder = trap != nullptr ? trap->waits_for() : std::nullopt;
    return holder ? kernel.find_alive(*holder) : nullptr;
}

/// The cycle that `start` is part of, beginning with it; empty when it is in none.
std::vector<const Task*> cycle_from(const Kernel& kernel, const Task& start) {
    std::vector<const Task*> path{&start};
    for (const Task* task = awaited_by(kernel, start); task != nullptr;
         task = awaited_by(kernel, *task)) {
        if (task == &start) {
            return path;
        }
        if (std::find(path.begin(), path.end(), task) != path.end()) {
            break;  // runs into a cycle that start itself is outside of
        }
        path.push_back(task);
    }
    return {};
}

std::string label(const Task& task) {
    return "task " + std::to_string(task.tid()) + " (" + task.name() + ")";
}

void print_cycle(std::ostream& out, const std::vector<const Task*>& cycle) {
    out << "\n  cycle:";
    for (const Task* task : cycle) {
        out << ' ' << label(*task) << " ->";
    }
    out << ' ' << label(*cycle.front());
}

}  // namespace

std::string Kernel::wait_graph() const {
    std::ostringstream out;
    out << "deadlock: no task is ready, no timer is set, nothing outside is waited for";
    std::vector<const Task*> cycles_seen;
    tasks_.for_each([&](const Task& task) {
        const Trap* trap = task.pending_trap();
        if (task.is_kernel() || trap == nullptr) {
            return;
        }
        out << "\n  " << label(task) << " waits in " << to_string(*trap);
        if (const Task* holder = awaited_by(*this, task)) {
            out << " for " << label(*holder);
        }
        for (const StackEntry& entry : task.backtrace()) {
            out << "\n      " << entry.function << " at " << entry.file << ':' << entry.line;
        }
    });
    tasks_.for_each([&](const Task& task) {
        if (std::find(cycles_seen.begin(), cycles_seen.end(), &task) == cycles_seen.end()) {
            const auto cycle = cycle_from(*this, task);
            if (!cycle.empty()) {
                print_cycle(out, cycle);
                cycles_seen.insert(cycles_seen.end(), cycle.begin(), cycle.end());
            }
        }
    });
    return out.str();
}

}  // namespace yos
