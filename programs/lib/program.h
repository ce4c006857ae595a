#pragma once

// What makes a source file in programs/ a program: it defines one constant
//
//     const Program program("countdown", "count down from N to 1", countdown);
//
// and the shell, help and completion know it, also when the file is in a module that is loaded into
// a running kernel. Nothing else lists programs.

#include "programs/lib/literal.h"
#include "syscalls/close.h"
#include "syscalls/list_modules.h"
#include "tasks/coroutine.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yos {

struct Invocation;

/// Variables that programs hand on to those they start, by name.
using Environment = std::map<std::string, std::string>;

/// The exit status of a program that wrote to where nobody reads any more: as if by SIGPIPE.
inline constexpr int broken_pipe_status = 128 + 13;

class Program {
public:
    /// Evaluates to the exit status: 0 for success, 1 for failure, 2 for wrong arguments.
    using Main = Coroutine<int> (*)(Invocation);

    /// Registers it in the module that says so, where it stays: in Debug throws std::logic_error
    /// unless it is static. The module is a default argument, because that is evaluated where the
    /// program is defined: if this named it inside, a module could come to use the executable's
    /// copy of this.
    Program(Literal name, Literal summary, Main main, Module& module = this_module)
        : name_(name_of_static(this, name)),
          summary_(summary.text),
          main_(main),
          module_(&module),
          next_(std::exchange(module.programs, this)) {}
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    std::string_view name() const { return name_; }
    std::string_view summary() const { return summary_; }  ///< one line, for help
    Module& module() const { return *module_; }

    /// The next one of its module.
    const Program* next() const { return next_; }

    /// Runs it as a task's main: what it throws is printed as `name: what`, and is exit status 1.
    static Coroutine<int> run(Invocation invocation);

private:
    const char* name_;
    const char* summary_;
    Main main_;
    Module* module_;
    const Program* next_;
};

/// A program, or none; its module stays loaded as long as this is held.
class ProgramRef {
public:
    ProgramRef() = default;
    ProgramRef(const Program& program)  // NOLINT(google-explicit-constructor): it is one
        : program_(&program), use_(program.module()) {}

    explicit operator bool() const { return program_ != nullptr; }
    const Program& operator*() const { return *program_; }
    const Program* operator->() const { return program_; }

private:
    const Program* program_ = nullptr;
    ModuleUse use_;
};

/// What a program is started with.
struct Invocation {
    explicit Invocation(ProgramRef program, std::vector<std::string> words = {})
        : program(std::move(program)), words(std::move(words)) {}

    ProgramRef program;              ///< itself
    std::vector<std::string> words;  ///< its arguments, without its name
    Fd in = standard_input;
    Fd out = standard_output;
    Fd err = standard_error;
    std::shared_ptr<const Environment> environment = std::make_shared<Environment>();
};

/// The program of this name, from whichever module; none when there is none.
Coroutine<ProgramRef> find_program(std::string name);

/// All there are, by name.
Coroutine<std::vector<ProgramRef>> all_programs();

/// The name most like `name`; empty when none is alike.
Coroutine<std::string> nearest_program(std::string name);

}  // namespace yos
