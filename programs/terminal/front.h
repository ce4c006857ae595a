#pragma once

// The person's side of a terminal: takes keys from a keyboard, edits lines with them, shows what
// programs print, and tells the terminal by its line what was typed. The line may be that of a
// terminal in the same kernel, or a socket at whose other end there is one.

#include "kernel/uapi/terminal_message.h"
#include "programs/lib/program.h"
#include "programs/terminal/line_editor.h"
#include "syscalls/take_keys.h"
#include "tasks/coroutine.h"

#include <optional>
#include <string>

namespace yos::terminal {

class Front {
public:
    /// `history`: a path on the host; empty for none.
    Front(Fd keyboard, Fd screen, Fd line, const std::string& history);

    /// Ctrl-\ leaves: the way out when the far side does not answer.
    void leave_on_quit() { leaves_on_quit_ = true; }

    /// Runs until the line has ended, or is left.
    Coroutine<> run();

    /// How the shell at the far side has ended; none when that is not known, because the line broke
    /// before.
    std::optional<int> status() const { return status_; }

private:
    Coroutine<> start();
    Coroutine<> take_messages();
    Coroutine<> take_keys();
    Coroutine<> tell_size();
    Coroutine<> act();
    void take_signal(int signal);
    void obey(const TerminalMessage& message);
    void begin_line(bool is_command);
    void break_off();
    void print(const std::string& text);
    void tell(const TerminalMessage& message);
    bool wants_input() const;

    Fd keyboard_;
    Fd screen_;
    Fd line_;
    std::unique_ptr<LineEditor> editor_;
    bool is_terminal_ = false;
    std::optional<KeysUse> keys_;  // while the terminal is to give them
    bool keys_mode_ = false;       // a program wants each key
    bool edits_command_ = false;   // the line being edited is a command for a shell
    bool awaits_offer_ = false;    // completions were asked for; nothing is typed on meanwhile
    bool input_ended_ = false;
    bool line_ended_ = false;
    bool leaves_on_quit_ = false;
    std::optional<int> status_;  // of the far side's shell

    TerminalMessages messages_;
    std::string typed_;    // keys that nobody has wanted yet
    std::string answers_;  // for the line, encoded
    std::string to_screen_;
    std::string last_line_;  // on the screen, as far as programs have printed it: the prompt
    std::string aside_;      // the line printed last above one that is being edited
    unsigned columns_ = 80;
};

/// The path of the file that keeps the commands of a person: $YOS_HISTORY, or one in $HOME.
std::string history_of(const Environment& environment);

}  // namespace yos::terminal
