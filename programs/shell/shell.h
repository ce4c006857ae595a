#pragma once

// The interpreter: runs what the parser has read, in the task of whoever awaits it. Each stage of a
// pipeline, each subshell and each $( ) is a task of its own with a copy of this.

#include "kernel/uapi/terminal_message.h"
#include "programs/lib/program.h"
#include "programs/shell/fields.h"
#include "programs/shell/jobs.h"
#include "programs/shell/place.h"
#include "programs/shell/state.h"
#include "programs/shell/syntax_tree.h"
#include "syscalls/open_terminal.h"
#include "tasks/coroutine.h"
#include "tasks/exit_status.h"

#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace yos::shell {

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
    using Words = std::vector<std::string>;

    Shell(const Invocation& invocation, bool interactive);

    /// Runs the lines of a script, each before the next is read: of a line that means nothing,
    /// nothing is run. False when the script stops in the midst of a construct, and more of it may
    /// come: then the lines before that have been run, and awaits() is what it lacks at least.
    Coroutine<bool> run_text(std::string text, Source source, bool more_may_come = false);
    const std::string& awaits() const { return awaits_; }

    /// From now on it is the one who reads what is typed, and hears of Ctrl-C.
    Coroutine<> take_terminal();

    /// Waits until something has been typed to be read, and meanwhile tells whoever types what may
    /// come next. Returns at once where nobody types.
    Coroutine<> await_line();

    /// Prints which jobs in the background have ended since the last time.
    Coroutine<> tell_of_ended_jobs();

    /// At the end: nobody will continue the jobs that are stopped, so they end too.
    Coroutine<> end_stopped_jobs();

    /// Ctrl-C has interrupted it at the prompt, or in a command of its own: it goes on from there.
    Coroutine<> recover();

    State& state() { return state_; }
    int status() const { return state_.status; }
    bool done() const { return flow_ == Flow::exit; }

private:
    /// What comes next: the next command, or something farther away.
    enum class Flow { next, break_loop, continue_loop, return_function, interrupted, exit };

    struct Builtin {
        const char* name;
        const char* summary;
        Coroutine<int> (Shell::*run)(Words);
    };

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

    Fd in() const { return state_.streams[0].fd; }
    Fd out() const { return state_.streams[1].fd; }
    Fd err() const { return state_.streams[2].fd; }

    // run.cpp
    Coroutine<bool> run_lines(std::string text, Source source, bool more_may_come = false);
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
    using Saved = std::vector<std::pair<std::string, std::optional<Variable>>>;
    Coroutine<> run_simple(const Command& command, bool in_place);
    Coroutine<> run_words(Words words, bool in_place);
    Coroutine<> assign(const SimpleCommand& command, Saved* saved);
    void restore(const Saved& saved);
    Coroutine<> run_function(CommandRef body, Words arguments);
    Coroutine<> run_builtin(Builtin builtin, Words words);
    Coroutine<> run_program(std::string name, Words words, bool in_place);
    Coroutine<> run_script(std::string path, Words words, bool in_place);
    Coroutine<> say_not_found(std::string name);
    static const Builtin* find_builtin(const std::string& name);
    std::shared_ptr<const Environment> environment() const;

    // tasks.cpp
    enum class JobOf { parent, itself };
    Coroutine<Tid> spawn(Main main, std::string name, std::optional<Tid> job);
    static Coroutine<int> run_apart(std::unique_ptr<Shell> shell, CommandRef command);
    std::unique_ptr<Shell> copy() const;
    Coroutine<std::vector<Tid>> start_stages(const Pipeline& pipeline, std::optional<Tid> job);
    Coroutine<Tid> start_apart(CommandRef command, Streams streams, std::optional<Tid> job);
    Coroutine<> start_in_background(const Item& item);
    Coroutine<> run_in_foreground(std::vector<Tid> tasks, std::string text);
    Coroutine<> put_aside(std::vector<Tid> tasks, std::string text);
    std::optional<Tid> foreground_job() const;
    Coroutine<std::string> output_of(std::shared_ptr<const List> commands);
    static std::string describe(const ExitStatus& exit);

    // redirect.cpp
    Coroutine<bool> redirect(const std::vector<Redirection>& redirections);
    Coroutine<Stream> open(const Redirection& redirection, std::string target);
    Coroutine<Stream> open_text(std::string text);

    // expand.cpp
    Coroutine<Words> expand(const std::vector<Word>& words);
    Coroutine<std::string> expand_to_text(const Word& word);
    Coroutine<std::string> expand_to_pattern(const Word& word);
    Coroutine<> expand_into(const Word& word, Fields& fields, bool literals_split = false);
    Coroutine<> expand_parameter(const Parameter& parameter, bool quoted, Fields& fields);
    void expand_arguments(const std::string& name, bool quoted, Fields& fields);
    std::optional<std::string> value_of(const std::string& parameter) const;
    static Coroutine<Words> paths_matching(std::string pattern);

    // completion.cpp
    Coroutine<> answer(CompletionRequest request);
    Coroutine<Completions> complete(CompletionRequest request);
    Coroutine<std::set<std::string>> words_for(Place place);
    std::set<std::string> all_variables() const;
    Coroutine<std::set<std::string>> all_commands();
    Coroutine<std::set<std::string>> options_of(std::string command);
    Coroutine<std::set<std::string>> arguments_of(std::string command);
    static Coroutine<std::set<std::string>> files_for(std::string word, bool directories_only);

    // builtins.cpp, variable_builtins.cpp, job_builtins.cpp, test.cpp
    static const std::vector<Builtin> builtins;
    Coroutine<int> complain(std::string builtin, std::string what, int status = 1);
    Coroutine<std::optional<int>> number_of(std::string builtin, std::string text, int least);
    Coroutine<int> do_nothing(Words words);
    Coroutine<int> run_break(Words words);
    Coroutine<int> run_cd(Words words);
    Coroutine<int> run_continue(Words words);
    Coroutine<int> run_eval(Words words);
    Coroutine<int> run_exit(Words words);
    Coroutine<int> run_export(Words words);
    Coroutine<int> run_help(Words words);
    Coroutine<int> help_on_call(std::string name);
    Coroutine<int> run_pwd(Words words);
    Coroutine<int> run_read(Words words);
    Coroutine<int> run_return(Words words);
    Coroutine<int> run_set(Words words);
    Coroutine<int> run_shift(Words words);
    Coroutine<int> run_source(Words words);
    Coroutine<int> run_test(Words words);
    Coroutine<int> run_bracket(Words words);
    Coroutine<int> run_unset(Words words);
    Coroutine<int> leave_loop(std::string name, Words words, Flow flow);

    Coroutine<int> run_bg(Words words);
    Coroutine<int> run_disown(Words words);
    Coroutine<int> run_fg(Words words);
    Coroutine<int> run_jobs(Words words);
    Coroutine<int> run_kill(Words words);
    Coroutine<int> run_wait(Words words);
    Coroutine<int> complain_of_job(std::string name);
    Coroutine<int> collect(Job job);

    State state_;
    Jobs jobs_;
    Flow flow_ = Flow::next;
    int levels_ = 0;         // of loops that break and continue still have to leave
    bool subshell_ = false;  // a task beside the shell that was started
    std::optional<int> substitution_status_;  // of the last $( ) of the words being expanded
    std::string awaits_;
    std::string item_text_;  // of what is being run in the foreground, for jobs
};

/// All that there is to read.
Coroutine<std::string> read_to_end(Fd fd);

struct Script {
    std::string text = {};
    std::error_code failure = {};  ///< why there is none
};

/// The lines of a file.
Coroutine<Script> read_script(std::string path);

/// Of a command whose file cannot be opened, or not be run, for this reason: 127 or 126.
int status_without(const std::error_code& why);

}  // namespace yos::shell
