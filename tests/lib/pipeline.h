#pragma once

// Programs in a row, each reading what the one before it writes.

#include "tests/lib/run_program.h"

namespace yos {

struct Stage {
    std::string program;
    std::vector<std::string> words;
};

inline Coroutine<> drive_pipeline(std::vector<Stage> stages, ProgramRun& run) {
    Descriptor input;
    std::vector<Tid> tasks;
    PipeEnds err = co_yield Pipe{};
    for (const Stage& stage : stages) {
        const ProgramRef found = co_await find_program(stage.program);
        REQUIRE(found);
        Invocation invocation(found, stage.words);
        PipeEnds out = co_yield Pipe{};
        invocation.in = input;
        invocation.out = out.writer;
        invocation.err = err.writer;
        // Each ends its own streams, as a shell's stages do.
        auto with_streams =
            [](Invocation own, Descriptor /*in*/, Descriptor /*out*/) -> Coroutine<int> {
            co_return co_await Program::run(std::move(own));
        };
        auto main = with_streams(std::move(invocation), std::move(input), std::move(out.writer));
        tasks.push_back(co_yield NewTask{std::move(main)}.joinable());
        input = std::move(out.reader);
    }
    co_await read_all(input, run.out);
    input.reset();
    for (const Tid task : tasks) {
        const auto exit = co_yield WaitTask{task};
        run.status = exit->code;
    }
    err.writer.reset();
    co_await read_all(err.reader, run.err);
}

/// The status is that of the last.
inline ProgramRun run_pipeline(Machine& machine, std::vector<Stage> stages) {
    ProgramRun run;
    machine.run(drive_pipeline(std::move(stages), run));
    return run;
}

}  // namespace yos
