// Loading and unloading, through the shell. The modules are in this directory.

#include "syscalls/load_module.h"
#include "syscalls/unload_module.h"
#include "tests/kernel/modules/module_shell.h"

#include <dlfcn.h>

namespace yos {
namespace {

bool is_mapped(const std::string& file) {
    void* const handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_NOLOAD);
    if (handle != nullptr) {
        ::dlclose(handle);
    }
    return handle != nullptr;
}

TEST_CASE("a module's programs can be run and are in help until it is unloaded", "[modules]") {
    HostMachine machine;
    const ProgramRun run = shell(machine,
                                 load_lodger +
                                     "greet; greet x; echo status $?; help greet; unload lodger; "
                                     "echo status $?; greet");
    CHECK(run.out ==
          "lodger: greet lodger parent\n"
          "hello from greet\n"
          "hello from greet\n"
          "status 3\n"
          "greet          say hello\n"
          "status 0\n");
    CHECK(run.err.find("sh: no program \"greet\"") == 0);
    CHECK(run.status == 127);
    CHECK_FALSE(is_mapped(lodger));
}

TEST_CASE("a module's pages are in the manual until it is unloaded", "[modules]") {
    const ProgramRun run =
        shell("man lodge; " + load_lodger + "help lodge; man lodge; unload lodger; man lodge");
    CHECK(run.out.find("\nLodge is a system call: lodges for good\n") != std::string::npos);
    CHECK(run.out.find("\n    #include \"tests/kernel/modules/lodge.h\"\n") != std::string::npos);
    CHECK(run.err ==
          "man: no system call \"lodge\"; man lists them\n"
          "man: no system call \"lodge\"; man lists them\n");
    CHECK(run.status == 1);
}

TEST_CASE("load without a file lists the modules, the executable first", "[modules]") {
    const ProgramRun run = shell(load_lodger + "load; unload lodger; load");
    CHECK(run.out.find("MODULE         PROGRAMS FILE\nyos ") != std::string::npos);
    CHECK(run.out.find("\nlodger                3 " + lodger + "\n") != std::string::npos);
    CHECK(run.out.find("\nlodger ", run.out.rfind("MODULE")) == std::string::npos);
}

TEST_CASE("a module can be loaded again after it was unloaded", "[modules]") {
    const std::string again = load_lodger + "greet; unload lodger; ";
    const ProgramRun run = shell(again + again + again);
    CHECK(run.err.empty());
    CHECK(run.status == 0);
}

TEST_CASE("a module that is still loaded when the kernel ends is unloaded then", "[modules]") {
    {
        HostMachine machine;
        CHECK(shell(machine, load_lodger + "greet").status == 0);
        CHECK(is_mapped(lodger));
    }
    CHECK_FALSE(is_mapped(lodger));
}

TEST_CASE("a blocked task of a module is shown with the module's own call", "[modules]") {
    HostMachine machine;
    const ProgramRun run = shell(machine, load_lodger + "lodger & true; ps; kill %1");
    CHECK(run.out.find(" Lodge() ") != std::string::npos);
    CHECK(run.out.find(" lodger\n") != std::string::npos);
    CHECK(machine.record.has("6 blocked on Lodge()"));
}

// ---- Unloading what is in use ----

TEST_CASE("a module is not unloaded while a task runs a program of it", "[modules]") {
    const ProgramRun run = shell(load_lodger + "lodger & true; unload lodger; echo status $?");
    CHECK(run.err == "unload: lodger is in use by task 6 (lodger): Device or resource busy\n");
    CHECK(run.out.find("status 1\n") != std::string::npos);
}

TEST_CASE("a module can be unloaded when the program that ran was killed", "[modules]") {
    const ProgramRun run = shell(load_lodger + "lodger & true; kill %1; unload lodger");
    CHECK(run.err.empty());
    CHECK(run.status == 0);
}

TEST_CASE("a module is not unloaded while a child that a program left behind runs its code",
          "[modules]") {
    const ProgramRun run =
        shell(load_lodger + "parent; unload lodger; sleep 3601; unload lodger; echo status $?");
    CHECK(run.err.find("unload: lodger is in use by task 7 (child): ") == 0);
    CHECK(run.out.find("status 0\n") != std::string::npos);
}

Coroutine<Tid> start(std::string name) {
    const ProgramRef program = co_await find_program(name);
    co_return co_yield NewTask{Program::run(Invocation(program))};
}

/// What the call throws; empty when it succeeds.
template <class Call>
Coroutine<std::string> complaint_of(Call call) {
    try {
        co_await std::move(call);
    } catch (const std::system_error& failure) {
        co_return failure.what();
    }
    co_return std::string();
}

Coroutine<> unload(std::string name) {
    co_yield UnloadModule{name};
}

Coroutine<> unload_before_the_first_step(std::string& refusal) {
    co_yield LoadModule{lodger};
    co_await start("greet");
    refusal = co_await complaint_of(unload("lodger"));
}

TEST_CASE("a module is not unloaded when a program of it was started but has not run yet",
          "[modules]") {
    HostMachine machine;
    std::string refusal;
    machine.run(unload_before_the_first_step(refusal));
    CHECK(refusal ==
          "lodger is in use by somebody who is about to start a program of it: "
          "Device or resource busy");
}

Coroutine<> unload_what_is_listed(std::string& refusal, std::string& after) {
    co_yield LoadModule{lodger};
    {
        const std::vector<ModuleInfo> modules = co_yield ListModules{};
        refusal = co_await complaint_of(unload("lodger"));
    }
    after = co_await complaint_of(unload("lodger"));
}

TEST_CASE("a module is not unloaded while somebody looks at what is in it", "[modules]") {
    HostMachine machine;
    std::string refusal;
    std::string after = "not run";
    machine.run(unload_what_is_listed(refusal, after));
    CHECK(refusal.find("lodger is in use by ") == 0);
    CHECK(after.empty());
}

TEST_CASE("a module that another kernel has loaded stays mapped for it", "[modules]") {
    HostMachine one;
    CHECK(shell(one, load_lodger + "greet").status == 0);
    {
        HostMachine other;
        CHECK(shell(other, load_lodger + "unload lodger").status == 0);
    }
    CHECK(is_mapped(lodger));
    CHECK(shell(one, "greet; unload lodger").status == 0);
    CHECK_FALSE(is_mapped(lodger));
}

TEST_CASE("only modules that were loaded can be unloaded", "[modules]") {
    const ProgramRun run = shell("unload nothing; unload yos");
    CHECK(run.err ==
          "unload: no module nothing is loaded: No such file or directory\n"
          "unload: yos is the executable: Operation not permitted\n");
}

}  // namespace
}  // namespace yos
