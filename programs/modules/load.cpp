#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/load_module.h"
#include "syscalls/unload_module.h"

#include <algorithm>

namespace yos {
namespace {

std::vector<std::string_view> programs_of(const Module& module) {
    std::vector<std::string_view> names;
    for (const Program* program = module.programs; program != nullptr; program = program->next()) {
        names.push_back(program->name());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Coroutine<> list_modules(Fd out) {
    const std::vector<ModuleInfo> modules = co_yield ListModules{};
    co_await print(out, "{:<14} {:>8} {}\n", "MODULE", "PROGRAMS", "FILE");
    for (const ModuleInfo& info : modules) {
        const std::size_t programs = programs_of(*info.module).size();
        co_await print(out, "{:<14} {:>8} {}\n", info.name, programs, info.file);
    }
}

/// A name that two programs have; empty when there is none.
Coroutine<std::string> find_clash() {
    const std::vector<ProgramRef> programs = co_await all_programs();
    const auto twice = std::adjacent_find(
        programs.begin(), programs.end(), [](const ProgramRef& a, const ProgramRef& b) {
            return a->name() == b->name();
        });
    std::string clash;
    if (twice != programs.end()) {
        clash = (*twice)->name();
    }
    co_return clash;
}

Coroutine<std::string> describe(std::string name) {
    const std::vector<ModuleInfo> modules = co_yield ListModules{};
    const auto found = std::find_if(
        modules.begin(), modules.end(), [&](const ModuleInfo& info) { return info.name == name; });
    co_return fmt::format("{}: {}", name, joined(programs_of(*found->module), " "));
}

Coroutine<int> load(Invocation invocation) {
    std::string file;
    Options options(invocation);
    options.optional("FILE", file, "a shared object that yos_add_module built");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (file.empty()) {
        co_await list_modules(invocation.out);
        co_return 0;
    }
    const std::string name = co_yield LoadModule{file};
    const std::string clash = co_await find_clash();
    if (!clash.empty()) {
        co_yield UnloadModule{name};
        co_await print(invocation.err,
                       "load: {} has a program \"{}\", and there is one of this name already\n",
                       file,
                       clash);
        co_return 1;
    }
    const std::string loaded = co_await describe(name);
    co_await print(invocation.out, "{}\n", loaded);
    co_return 0;
}

const Program program("load",
                      "bring programs into the running kernel; without FILE: list what is loaded",
                      load);

}  // namespace
}  // namespace yos
