#include "programs/lib/program.h"

#include "programs/lib/print.h"

#include <algorithm>
#include <numeric>

namespace yos {
namespace {

/// Levenshtein's: how many letters must be typed, dropped or changed to get from one to the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
        }
    }
    return row.back();
}

}  // namespace

Coroutine<int> Program::run(Invocation invocation) {
    constexpr int broken_pipe_status = 128 + 13;  // as if by SIGPIPE, and as quietly
    const std::string name(invocation.program->name());
    const Fd err = invocation.err;
    std::string failure;
    try {
        co_return co_await invocation.program->main_(std::move(invocation));
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::broken_pipe) {
            co_return broken_pipe_status;
        }
        failure = error.what();
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_await print(err, "{}: {}\n", name, failure);
    co_return 1;
}

Coroutine<ProgramRef> find_program(std::string name) {
    const std::vector<ModuleInfo> modules = co_yield ListModules{};
    for (const ModuleInfo& info : modules) {
        for (const Program* each = info.module->programs; each != nullptr; each = each->next()) {
            if (each->name() == name) {
                co_return ProgramRef(*each);
            }
        }
    }
    co_return ProgramRef();
}

Coroutine<std::vector<ProgramRef>> all_programs() {
    std::vector<ProgramRef> programs;
    const std::vector<ModuleInfo> modules = co_yield ListModules{};
    for (const ModuleInfo& info : modules) {
        for (const Program* each = info.module->programs; each != nullptr; each = each->next()) {
            programs.emplace_back(*each);
        }
    }
    std::sort(programs.begin(), programs.end(), [](const ProgramRef& a, const ProgramRef& b) {
        return a->name() < b->name();
    });
    co_return programs;
}

Coroutine<std::string> nearest_program(std::string name) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
    const std::vector<ProgramRef> programs = co_await all_programs();
    for (const ProgramRef& program : programs) {
        const std::size_t distance = edit_distance(name, program->name());
        if (distance < least) {
            least = distance;
            best = program->name();
        }
    }
    co_return best;
}

}  // namespace yos
