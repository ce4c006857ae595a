// A kernel without a shell that loads a module and runs a program of it: FILE PROGRAM.

#include "programs/lib/program.h"
#include "syscalls/load_module.h"

yos::Coroutine<int> run_program_of(std::string file, std::string name) {
    co_yield yos::LoadModule{file};
    const yos::ProgramRef program = co_await yos::find_program(name);
    co_return co_await yos::Program::run(yos::Invocation(program));
}

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    yos::Kernel kernel({.virtual_time = true});
    const yos::Tid tid = kernel.spawn(run_program_of(argv[1], argv[2]), {.joinable = true});
    kernel.run();
    return kernel.collect(tid)->code;
}
