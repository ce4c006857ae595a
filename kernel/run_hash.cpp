#include "kernel/run_hash.h"

namespace yos {

void RunHash::spawned(const Task& task) {
    add("spawned", task.tid(), task.parent());
}

void RunHash::trapped(const Task& task, const Trap& trap) {
    if (!task.is_kernel()) {
        add("trapped", task.tid(), to_string(trap));
    }
}

void RunHash::completed(const Task& task, const Trap& trap, Outcome outcome) {
    if (task.is_kernel()) {
        return;
    }
    std::ostringstream result;
    if (outcome.kind() == Outcome::Kind::failed) {
        result << "error " << static_cast<int>(outcome.error());
    } else {
        trap.print_result(result);
    }
    add("completed", task.tid(), result.view());
}

void RunHash::interrupted(const Task& task, const Trap& trap) {
    add("interrupted", task.tid(), to_string(trap));
}

void RunHash::exited(const Task& task, const ExitStatus& status) {
    add("exited", task.tid(), status);
}

void RunHash::decided(Choice kind, std::size_t n, std::size_t answer) {
    add("decided", static_cast<int>(kind), n, answer);
}

void RunHash::mix(std::string_view text) {
    for (const char c : text) {
        hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
}

}  // namespace yos
