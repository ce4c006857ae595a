#pragma once

// Runs a program of programs/ on a test's machine and catches what it prints.

#include "programs/lib/line_reader.h"
#include "programs/lib/print.h"
#include "programs/lib/program.h"
#include "syscalls/new_task.h"
#include "syscalls/pipe.h"
#include "syscalls/wait_task.h"
#include "tests/lib/machine.h"

#include <string>
#include <utility>
#include <vector>

namespace yos {

struct ProgramRun {
    int status = -1;
    std::string out;
    std::string err;
};

/// Reads to the end of the file.
Coroutine<> read_all(Fd fd, std::string& text);

/// Runs the program `name`, which there must be, and writes down in `run` what it did.
Coroutine<> drive_program(std::string name,
                          std::vector<std::string> words,
                          std::string input,
                          ProgramRun& run);

/// `input` is what it finds on its standard input: 64 KiB at most.
ProgramRun run_program(Machine& machine,
                       const std::string& name,
                       std::vector<std::string> words,
                       std::string input = {});

}  // namespace yos
