#pragma once

// What a shell knows and a subshell inherits: variables, functions, arguments, options, streams.
// A subshell gets a copy; what is large is shared until one of them changes it. The jobs alone are
// its own.

#include "kernel/uapi/descriptor.h"
#include "programs/lib/program.h"
#include "programs/shell/jobs.h"
#include "programs/shell/syntax_tree.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yos::shell {

using Words = std::vector<std::string>;

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

/// Puts the streams back to what they were when a redirection ends.
class Redirected {
public:
    explicit Redirected(Streams& streams) : streams_(streams), before_(streams) {}
    ~Redirected() { streams_ = before_; }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;

private:
    Streams& streams_;
    const Streams before_;
};

struct Variable {
    std::string value = {};
    bool exported = false;
};

/// What variables were, in the order in which they were changed; none for one that was not set.
using SavedVariables = std::vector<std::pair<std::string, std::optional<Variable>>>;

/// What comes next: the next command, or something farther away.
enum class Flow { next, break_loop, continue_loop, return_function, interrupted, exit };

struct State {
    Shared<std::map<std::string, Variable, std::less<>>> variables;
    Shared<std::map<std::string, CommandRef, std::less<>>> functions;
    Shared<Words> arguments;  ///< $1 and so on
    std::string name = "sh";  ///< $0
    Streams streams;
    Fd terminal = standard_input;    ///< where an interactive one is
    int status = 0;                  ///< $?
    Tid shell = kernel_tid;          ///< $$
    Tid last_job_task = kernel_tid;  ///< $!; 0 when nothing has been started in the background
    bool interactive = false;
    bool exit_on_error = false;  ///< -e
    bool trace = false;          ///< -x
    int conditions = 0;          ///< constructs under way in which a failure is an answer, for -e
    int function_depth = 0;
    int loop_depth = 0;
    Flow flow = Flow::next;
    int levels = 0;         ///< of loops that break and continue still have to leave
    bool subshell = false;  ///< a task beside the shell that was started
    Jobs jobs;

    Fd in() const { return streams[0].fd; }
    Fd out() const { return streams[1].fd; }
    Fd err() const { return streams[2].fd; }

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

/// Counts one more while it lives.
class Counted {
public:
    explicit Counted(int& count, bool really = true) : count_(count), by_(really ? 1 : 0) {
        count_ += by_;
    }
    ~Counted() { count_ -= by_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    int& count_;
    const int by_;
};

}  // namespace yos::shell
