#pragma once

// What a shell knows and a subshell inherits: variables, functions, arguments, options, streams.
// A subshell gets a copy; what is large is shared until one of them changes it.

#include "kernel/uapi/descriptor.h"
#include "programs/lib/program.h"
#include "programs/shell/syntax_tree.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace yos::shell {

/// A value that its copies share until one of them changes it.
template <class T>
class Shared {
public:
    Shared() : value_(std::make_shared<T>()) {}
    explicit Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

    T& change() {
        if (value_.use_count() > 1) {
            value_ = std::make_shared<T>(*value_);
        }
        return *value_;
    }

private:
    std::shared_ptr<T> value_;
};

/// A descriptor, and what keeps it open: it is closed when the last who holds this is gone. The
/// streams the shell was started with are not its to close.
struct Stream {
    explicit Stream(Fd fd = Fd(), std::shared_ptr<Descriptor> owner = nullptr)
        : fd(fd), owner(std::move(owner)) {}

    Fd fd;
    std::shared_ptr<Descriptor> owner;

    static Stream owning(Descriptor descriptor) {
        const Fd fd = descriptor;
        return Stream(fd, std::make_shared<Descriptor>(std::move(descriptor)));
    }
};

/// Standard input, output and error.
using Streams = std::array<Stream, 3>;

struct Variable {
    std::string value = {};
    bool exported = false;
};

struct State {
    Shared<std::map<std::string, Variable, std::less<>>> variables;
    Shared<std::map<std::string, CommandRef, std::less<>>> functions;
    Shared<std::vector<std::string>> arguments;  ///< $1 and so on
    std::string name = "sh";                     ///< $0
    Streams streams;
    Fd terminal = standard_input;  ///< where an interactive one is
    int status = 0;                  ///< $?
    Tid shell = kernel_tid;          ///< $$
    Tid last_job_task = kernel_tid;  ///< $!; 0 when nothing has been started in the background
    bool interactive = false;
    bool exit_on_error = false;  ///< -e
    bool trace = false;          ///< -x
    int conditions = 0;          ///< constructs under way in which a failure is an answer, for -e
    int function_depth = 0;
    int loop_depth = 0;

    /// A default stands for the unset.
    std::string value_of(std::string_view variable, std::string default_value = {}) const {
        const auto found = variables->find(variable);
        return found != variables->end() ? found->second.value : std::move(default_value);
    }
    bool is_set(std::string_view variable) const { return variables->contains(variable); }
    void set(const std::string& variable, std::string value) {
        variables.change()[variable].value = std::move(value);
    }
};

}  // namespace yos::shell
