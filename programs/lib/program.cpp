#include "programs/lib/program.h"

#include "programs/lib/nearest.h"
#include "programs/lib/print.h"
#include "syscalls/answer_of.h"

#include <algorithm>

namespace yos {

Coroutine<int> Program::run(Invocation invocation) {
    const std::string name(invocation.program->name());
    const Fd err = invocation.err;
    std::string failure;
    try {
        co_return co_await invocation.program->main_(std::move(invocation));
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::broken_pipe) {
            co_return broken_pipe_status;  // quietly
        }
        failure = error.what();
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_await answer_of(print(err, "{}: {}\n", name, failure));  // perhaps nobody can read it
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
    const std::vector<ProgramRef> programs = co_await all_programs();
    std::vector<std::string_view> names;
    for (const ProgramRef& program : programs) {
        names.push_back(program->name());
    }
    co_return std::string(nearest_name(name, names));
}

}  // namespace yos
