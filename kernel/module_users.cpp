// Who would crash if a module were unloaded: everybody who is in the midst of its code, or who will
// call it at some time through an object whose class is the module's.

#include "kernel/module_users.h"

#include "kernel/kernel.h"
#include "kernel/modules/modules.h"

#include <algorithm>

namespace yos {
namespace {

bool is_used_by(const MemoryRange& module, const Task& task) {
    const Trap* trap = task.pending_trap();
    return task.runs_code_of(module) || task.holds_one_of(module) ||
           (trap != nullptr && module.contains_class_of(*trap));
}

}  // namespace

std::vector<std::string> users_of(const LoadedModule& module, Kernel& kernel) {
    std::vector<std::string> users;
    kernel.tasks().for_each([&](const Task& task) {
        if (is_used_by(module.memory, task)) {
            users.push_back("task " + std::to_string(task.tid()) + " (" + task.name() + ")");
        }
    });
    kernel.descriptors().for_each([&](Fd fd, const File& file) {
        if (module.memory.contains_class_of(file)) {
            users.push_back("descriptor " + std::to_string(fd.number) + " (" + file.describe() +
                            ")");
        }
    });
    if (kernel.world().threads->has_job_of(module.memory)) {
        users.emplace_back("a function that runs in a thread");
    }
    const auto& observers = kernel.observers().all();
    if (std::any_of(observers.begin(), observers.end(), [&](const Observer* observer) {
            return observer != nullptr && module.memory.contains_class_of(*observer);
        })) {
        users.emplace_back("an observer");
    }
    if (kernel.has_at_door(module.memory)) {
        users.emplace_back("an oracle, a policy or a hook");
    }
    if (users.empty() && module.module.uses > 0) {
        users.emplace_back("somebody who is about to start a program of it");
    }
    return users;
}

}  // namespace yos
