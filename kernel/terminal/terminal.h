#pragma once

// A terminal, between the programs of a session and a person. Programs hold it as the file that
// they read and write. Its other end is its line, a file too: whoever holds that has the keyboard
// and the screen, and is told in messages what to do with them (kernel/uapi/terminal_message.h).
// There lines are edited, be it here or in another process. (Unix has pseudo-terminals for this,
// and edits on the kernel's side of them.)
//
// Each terminal has a job in the foreground: what is typed is read by its tasks, and interrupts
// them. The tasks of other jobs that want to read wait until theirs comes to the foreground.

#include "kernel/files/file.h"
#include "kernel/files/foreground.h"
#include "kernel/uapi/terminal_message.h"

#include <deque>
#include <map>
#include <memory>
#include <string>

namespace yos {

class Kernel;

class Terminal final : public File,
                       public Foreground,
                       public std::enable_shared_from_this<Terminal> {
public:
    explicit Terminal(Kernel& kernel);
    ~Terminal() override;

    /// The other end. Throws std::logic_error when it was made before.
    std::shared_ptr<File> make_line();

    /// The log's warnings are shown here until it is hung up, and not written to standard error.
    void show_log();

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;
    bool can_read() override { return !input_.empty() || ended_ || hung_up(); }
    bool can_write() override;
    bool ask_for_input() override;
    std::optional<TerminalSize> terminal_size() const override { return size_; }
    std::string describe() const override { return "terminal"; }

    std::shared_ptr<Foreground> foreground() override { return shared_from_this(); }
    void give_to(Tid job, bool may_stop = false) override;
    Turn turn_of(Tid job) override;
    bool hung_up() const { return line_ == nullptr; }

    /// Whom a person asks to complete what is typed: the shell.
    WaitQueue completers;
    std::optional<CompletionRequest> take_request();
    void offer(const Completions& completions);

protected:
    void keys_changed() override;

private:
    class Line;

    void send(TerminalMessage::Kind kind, std::string text = {});
    void receive(TerminalMessage&& message);
    void receive_typed(const std::string& text);
    void interrupt(int signal);
    void hang_up();

    Kernel& kernel_;
    std::optional<TerminalSize> size_;
    std::map<Tid, WaitQueue> readers_;  // by job
    std::string input_;                 // lines, or keys, not yet read
    bool ended_ = false;                // Ctrl-D, not yet read
    bool keys_mode_ = false;
    std::optional<Tid> edits_for_;  // the job for which a line is being edited
    std::optional<CompletionRequest> request_;

    Line* line_ = nullptr;  // null once it is closed
    std::string outbox_;    // messages that the line's holder has not yet read
    bool shows_log_ = false;
};

}  // namespace yos
