#pragma once

// The interpreter: runs what the parser has read, in the task of whoever awaits it. Each stage of a
// pipeline, each subshell and each $( ) is a task of its own with a copy of this.
//
// What it knows is its State. Over that, and in files of their own, work the expansion of words
// (expand.h), redirections (redirect.h), jobs (job_control.h), the built-in commands (builtins.h),
// and what tells whoever types what may come next (completion.h).

#include "programs/lib/program.h"
#include "programs/shell/state.h"
#include "programs/shell/syntax_tree.h"
#include "tasks/coroutine.h"

#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace yos::shell {

struct Builtin;

// The exit statuses that POSIX names.
inline constexpr int usage_status = 2;
inline constexpr int not_runnable_status = 126;
inline constexpr int not_found_status = 127;
inline constexpr int stopped_status = 128 + 20;  // as if by SIGTSTP

/// Where the lines come from that are run, as it is told when one means nothing.
struct Source {
    explicit Source(std::string name = "sh", std::size_t first_line = 0)
        : name(std::move(name)), first_line(first_line) {}

    std::string name;
    std::size_t first_line;  ///< of them in its file; 0: they are in none
};

class Shell {
public:
    Shell(const Invocation& invocation, bool interactive);

    State& state() { return state_; }
    int status() const { return state_.status; }
    bool done() const { return state_.flow == Flow::exit; }

    /// Runs the lines of a script, each before the next is read: of a line that means nothing,
    /// nothing is run. False when the script stops in the midst of a construct, and more of it may
    /// come: then the lines before that have been run, and awaits() is what it lacks at least.
    Coroutine<bool> run_text(std::string text, Source source, bool more_may_come = false);
    const std::string& awaits() const { return awaits_; }

    /// Ctrl-C has interrupted it at the prompt, or in a command of its own: it goes on from there.
    Coroutine<> recover();

    // ---- For commands that it runs ----

    /// As run_text, in the midst of a line.
    Coroutine<bool> run_lines(std::string text, Source source, bool more_may_come = false);

    /// With `in_place`, by this very task, which has nothing else to do.
    Coroutine<> run_program(std::string name, Words words, bool in_place);

    /// All that the commands print, without the newlines at its end.
    Coroutine<std::string> output_of(std::shared_ptr<const List> commands);

private:
    // run.cpp
    Coroutine<> run_list(const List& list);
    Coroutine<> run_and_or(const AndOr& and_or);
    Coroutine<> run_pipeline(const Pipeline& pipeline, bool is_condition);
    Coroutine<> run_command(CommandRef command);
    Coroutine<> run_compound(CommandRef command);
    Coroutine<> run_if(const If& command);
    Coroutine<> run_loop(const Loop& loop);
    Coroutine<> run_for(const For& loop);
    Coroutine<bool> run_body(const List& body);
    Coroutine<> run_case(const Case& command);

    // simple_command.cpp
    Coroutine<> run_simple(const Command& command, bool in_place);
    Coroutine<> run_words(Words words, bool in_place);
    Coroutine<> assign(const SimpleCommand& command, SavedVariables* saved);
    Coroutine<> run_function(CommandRef body, Words arguments);
    Coroutine<> run_builtin(Builtin builtin, Words words);
    Coroutine<> run_script(std::string path, Words words, bool in_place);

    // tasks.cpp
    std::unique_ptr<Shell> copy() const;
    static Coroutine<int> run_apart(std::unique_ptr<Shell> shell, CommandRef command);
    Coroutine<Tid> start_apart(CommandRef command, Streams streams, std::optional<Tid> job);
    Coroutine<std::vector<Tid>> start_stages(const Pipeline& pipeline, std::optional<Tid> job);
    Coroutine<> start_in_background(const Item& item);

    State state_;
    std::optional<int> substitution_status_;  // of the last $( ) of the words being expanded
    std::string awaits_;
    std::string item_text_;  // of what is being run in the foreground, for jobs
};

/// All that there is to read.
Coroutine<std::string> read_to_end(Fd fd);

/// The lines of a file.
Coroutine<std::string> read_script(std::string path);

/// Of a command whose file cannot be opened, or not be run, for this reason: 127 or 126.
int status_without(const std::error_code& why);

/// Says it on the stream for errors, with the program that may be meant.
Coroutine<> say_not_found(Fd err, std::string name);

}  // namespace yos::shell
