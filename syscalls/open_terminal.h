#pragma once

#include "kernel/system_call.h"
#include "kernel/terminal/terminal.h"
#include "kernel/uapi/descriptor.h"

namespace yos {

struct TerminalEnds {
    Descriptor terminal;  ///< for the programs
    Descriptor line;      ///< for whoever has the screen and the keyboard
};

inline std::ostream& operator<<(std::ostream& out, const TerminalEnds& ends) {
    return out << ends.terminal << ", " << ends.line;
}

/// Makes a terminal. Programs read and write its `terminal`; what they are to be shown, and what is
/// typed, goes through its `line` in messages (kernel/uapi/terminal_message.h). When the line is
/// closed the terminal is hung up: the job in the foreground is interrupted, readers find the end
/// of the file, writers get EIO. Never blocks, never fails. (BSD: openpty)
class OpenTerminal : public SystemCall<TerminalEnds> {
public:
    /// The kernel's log shows its warnings there, not on the standard error.
    OpenTerminal&& shows_log() && {
        shows_log_ = true;
        return std::move(*this);
    }

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        auto terminal = std::make_shared<Terminal>(kernel);
        std::shared_ptr<File> line = terminal->make_line();
        if (shows_log_) {
            terminal->show_log();
        }
        DescriptorTable& table = kernel.descriptors();
        return complete(TerminalEnds{table.open(std::move(terminal)), table.open(std::move(line))});
    }

private:
    bool shows_log_ = false;
};

}  // namespace yos
