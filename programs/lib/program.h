#pragma once

// What makes a source file in programs/ a program: it defines one constant
//
//     const Program program("countdown", "count down from N to 1", countdown);
//
// and the shell, help and completion know it. Nothing else lists programs.

#include "syscalls/close.h"
#include "tasks/coroutine.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yos {

class Program;

/// What a program is started with.
struct Invocation {
    explicit Invocation(const Program& program, std::vector<std::string> words = {})
        : program(&program), words(std::move(words)) {}

    const Program* program;          ///< itself
    std::vector<std::string> words;  ///< its arguments, without its name
    Fd in = standard_input;
    Fd out = standard_output;
    Fd err = standard_error;
};

class Program {
public:
    /// Evaluates to the exit status: 0 for success, 1 for failure, 2 for wrong arguments.
    using Main = Coroutine<int> (*)(Invocation);

    /// Registers it. REQUIRES: static storage; `name` and `summary` are literals.
    Program(const char* name, const char* summary, Main main);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    std::string_view name() const { return name_; }
    std::string_view summary() const { return summary_; }  ///< one line, for help

    /// Runs it as a task's main: what it throws is printed as `name: what`, and is exit status 1.
    static Coroutine<int> run(Invocation invocation);

    /// Null when there is none of this name.
    static const Program* find(std::string_view name);

    /// The name most like `name`; empty when none is alike.
    static std::string_view nearest(std::string_view name);

    /// All there are, by name.
    static std::vector<const Program*> all();

private:
    static const Program*& first();

    const char* name_;
    const char* summary_;
    Main main_;
    const Program* next_;
};

}  // namespace yos
