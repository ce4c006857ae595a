#include "kernel/terminal/terminal.h"

#include "kernel/kernel.h"
#include "kernel/limits.h"
#include "tasks/contract.h"

#include <algorithm>
#include <charconv>
#include <csignal>

namespace yos {

using Kind = TerminalMessage::Kind;

/// The end that is the person's.
class Terminal::Line final : public File {
public:
    explicit Line(Terminal& terminal) : File(WaitQueue::Waker::task), terminal_(&terminal) {}
    ~Line() override {
        if (terminal_ != nullptr) {
            terminal_->hang_up();
        }
    }

    /// The programs' end has gone: what is left is still to be read.
    void terminal_closed(std::string&& unread) {
        terminal_ = nullptr;
        unread_ = std::move(unread);
        readers.wake_in_turn();
        writers.wake_in_turn();
    }

    IoResult read(std::span<char> buffer) override {
        std::string& unread = terminal_ != nullptr ? terminal_->outbox_ : unread_;
        if (!can_read()) {
            return IoResult::would_block();
        }
        const std::size_t got = unread.copy(buffer.data(), buffer.size());
        unread.erase(0, got);
        if (terminal_ != nullptr) {
            terminal_->writers.wake_in_turn();
        }
        return {got};
    }

    IoResult write(std::span<const char> bytes) override {
        if (!can_write()) {
            return IoResult::would_block();
        }
        if (terminal_ == nullptr) {
            return IoResult::failed(std::errc::io_error);
        }
        messages_.append(bytes);
        while (std::optional<TerminalMessage> message = messages_.next()) {
            terminal_->receive(std::move(*message));
        }
        return {bytes.size()};
    }

    bool can_read() override { return terminal_ == nullptr || !terminal_->outbox_.empty(); }
    bool can_write() override {
        return terminal_ == nullptr || terminal_->input_.size() < limits::terminal_buffer;
    }

    std::string describe() const override { return "line of a terminal"; }

private:
    Terminal* terminal_;  // null once it is closed
    TerminalMessages messages_;
    std::string unread_;
};

Terminal::Terminal(Kernel& kernel)
    : File(WaitQueue::Waker::task), completers(WaitQueue::Waker::task), kernel_(kernel) {}

Terminal::~Terminal() {
    if (shows_log_) {
        kernel_.log().show_on(nullptr);
    }
    if (line_ != nullptr) {
        line_->terminal_closed(std::move(outbox_));
    }
    for (auto& [job, line] : readers_) {
        line.fail_all(std::errc::bad_file_descriptor);
    }
    completers.fail_all(std::errc::bad_file_descriptor);
}

std::shared_ptr<File> Terminal::make_line() {
    check_contract(line_ == nullptr,
                   "Terminal::make_line: it has a line: a terminal has one person, and one line");
    auto line = std::make_shared<Line>(*this);
    line_ = line.get();
    return line;
}

void Terminal::show_log() {
    shows_log_ = true;
    kernel_.log().show_on([this](std::string_view message) {
        if (outbox_.size() < 2 * limits::terminal_buffer) {  // dmesg has those that are dropped
            send(Kind::output, "yos: " + std::string(message) + "\n");
        }
    });
}

// ---- What the programs do ----

/// A line at most, as people type them; in keys mode all there is.
IoResult Terminal::read(std::span<char> buffer) {
    if (!can_read()) {
        ask_for_input();
        return IoResult::would_block();
    }
    if (input_.empty()) {
        ended_ = false;
        return {};
    }
    const std::size_t line = keys_mode_ ? input_.size() : input_.find('\n') + 1;
    const std::size_t got = input_.copy(buffer.data(), std::min(buffer.size(), line));
    input_.erase(0, got);
    if (line_ != nullptr) {
        line_->writers.wake_in_turn();
    }
    return {got};
}

IoResult Terminal::write(std::span<const char> bytes) {
    if (!can_write()) {
        return IoResult::would_block();
    }
    if (line_ == nullptr) {
        return IoResult::failed(std::errc::io_error);
    }
    const std::size_t size = std::min(bytes.size(), limits::terminal_buffer);
    send(Kind::output, std::string(bytes.data(), size));
    return {size};
}

bool Terminal::can_write() {
    return outbox_.size() < limits::terminal_buffer || hung_up();
}

/// Has the person type a line for the job in the foreground; keys come unasked.
bool Terminal::ask_for_input() {
    if (!keys_mode_ && edits_for_ != job()) {
        edits_for_ = job();
        send(completers.empty() ? Kind::edit : Kind::edit_command);
    }
    return true;
}

File::Turn Terminal::turn_of(Tid reader) {
    return {readers_[has(reader) ? job() : reader], has(reader)};
}

void Terminal::give_to(Tid job, bool may_stop) {
    Foreground::give_to(job, may_stop);
    for (auto line = readers_.begin(); line != readers_.end();) {
        line->second.notify_all();  // to see whether it is their turn now
        line = line->second.empty() ? readers_.erase(line) : std::next(line);
    }
}

/// Keys are no lines, and the other way round: what was typed before is void.
void Terminal::keys_changed() {
    if (keys_mode_ != wants_keys()) {
        keys_mode_ = wants_keys();
        edits_for_.reset();
        input_.clear();
        send(keys_mode_ ? Kind::keys : Kind::lines);
    }
}

std::optional<CompletionRequest> Terminal::take_request() {
    return std::exchange(request_, std::nullopt);
}

void Terminal::offer(const Completions& completions) {
    send(Kind::offer, to_text(completions));
}

// ---- What the person does ----

void Terminal::send(Kind kind, std::string text) {
    if (line_ != nullptr) {
        outbox_ += encode({kind, std::move(text)});
        line_->readers.wake_in_turn();
    }
}

void Terminal::receive(TerminalMessage&& message) {
    switch (message.kind) {
        case Kind::line:
            edits_for_.reset();
            return receive_typed(message.text + "\n");
        case Kind::typed:
            return keys_mode_ ? receive_typed(message.text) : void();
        case Kind::end:
            edits_for_.reset();
            ended_ = true;
            return receive_typed("");
        case Kind::complete:
            if (!completers.empty()) {
                request_ = parse_completion_request(message.text);
                return completers.wake_one();
            }
            return offer({});
        case Kind::interrupt:
            return interrupt(SIGINT);
        case Kind::stop:
            return interrupt(SIGTSTP);
        case Kind::size: {
            TerminalSize size;
            const char* const end = message.text.data() + message.text.size();
            const auto rows = std::from_chars(message.text.data(), end, size.rows);
            if (rows.ec == std::errc{} && rows.ptr != end &&
                std::from_chars(rows.ptr + 1, end, size.columns).ec == std::errc{} &&
                size.rows > 0 && size.columns > 0) {
                size_ = size;
            }
            return;
        }
        default:
            return;  // nothing that a person says
    }
}

void Terminal::receive_typed(const std::string& text) {
    input_ += text;
    readers_[job()].wake_in_turn();
}

/// What was typed before it is void. Those who still want a line ask for one again.
void Terminal::interrupt(int signal) {
    input_.clear();
    ended_ = false;
    request_.reset();
    edits_for_.reset();
    kernel_.jobs().signal(signal, *this);
    readers_[job()].wake_in_turn();
}

/// From now on there is nothing to be read, and nobody to write to.
void Terminal::hang_up() {
    line_ = nullptr;
    if (std::exchange(shows_log_, false)) {
        kernel_.log().show_on(nullptr);
    }
    kernel_.jobs().signal(SIGHUP, *this);
    for (auto& [job, line] : readers_) {
        line.wake_in_turn();
    }
    completers.wake_in_turn();
    writers.wake_in_turn();
}

}  // namespace yos
