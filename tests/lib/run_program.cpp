#include "tests/lib/run_program.h"

#include <utility>

namespace yos {

Coroutine<> read_all(Fd fd, std::string& text) {
    std::string chunk(4096, '\0');
    while (const std::size_t got = co_yield Read{fd, chunk}) {
        text.append(chunk, 0, got);
    }
}

Coroutine<> drive_program(std::string name,
                          std::vector<std::string> words,
                          std::string input,
                          ProgramRun& run) {
    const ProgramRef found = co_await find_program(name);
    REQUIRE(found);
    Invocation invocation(found, std::move(words));
    PipeEnds in = co_yield Pipe{};
    PipeEnds out = co_yield Pipe{};
    PipeEnds err = co_yield Pipe{};
    invocation.in = in.reader;
    invocation.out = out.writer;
    invocation.err = err.writer;
    co_yield NewTask{read_all(out.reader, run.out), "out"};
    co_yield NewTask{read_all(err.reader, run.err), "err"};
    co_await write_all(in.writer, std::move(input));
    in.writer.reset();
    const Tid program =
        co_yield NewTask{Program::run(std::move(invocation))}.joinable().leads_job();
    const auto exit = co_yield WaitTask{program};
    run.status = exit->code;
    out.writer.reset();
    err.writer.reset();
    co_yield WaitTask{program - 2};  // those who read
    co_yield WaitTask{program - 1};
}

ProgramRun run_program(Machine& machine,
                       const std::string& name,
                       std::vector<std::string> words,
                       std::string input) {
    ProgramRun run;
    machine.run(drive_program(name, std::move(words), std::move(input), run));
    return run;
}

}  // namespace yos
