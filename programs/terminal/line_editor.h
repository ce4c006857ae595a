#pragma once

// What edits the line that a person types: keys go in; what is to be shown, and at last the line,
// come out. It touches neither the keyboard nor the screen, and never waits.

#include "kernel/uapi/terminal_message.h"
#include "syscalls/open_terminal.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yos::terminal {

class LineEditor {
public:
    virtual ~LineEditor() = default;

    /// Does it want each key as it is typed? Otherwise whole lines, edited by the terminal itself.
    virtual bool wants_keys() const = 0;

    /// Begins a line. The prompt is on the screen already, left of the cursor. A command is kept in
    /// the history, and can be completed.
    virtual void begin(const std::string& prompt, bool is_command) = 0;
    virtual bool editing() const = 0;

    /// Takes keys that were typed, from the first, while it is editing; stops behind one that has
    /// an answer. What it asks for so comes before the next keys.
    virtual std::optional<TerminalMessage> take(std::string& keys) = 0;

    /// What it asked for.
    virtual void offer(const Completions& completions) = 0;

    /// Forgets the line; the cursor is left behind it.
    virtual void abandon() = 0;

    /// Takes the line off the screen, for something else to be shown in its place, and puts it back
    /// below that.
    virtual void hide() = 0;
    virtual void show() = 0;

    virtual void resize(unsigned rows, unsigned columns) = 0;

    /// What is to be shown of all that; forgotten here.
    virtual std::string take_output() = 0;
};

/// In bytes.
inline constexpr std::size_t longest_line = 65'536;

/// GNU readline's, with its history in a file of that path. Plain lines where yos was built without
/// it, or somebody of this process uses it already.
std::unique_ptr<LineEditor> make_readline(const std::string& history);

/// None: the lines are as the host's terminal edits them, or as they come from a file.
std::unique_ptr<LineEditor> make_plain_lines();

}  // namespace yos::terminal
