#include "kernel/terminal/terminal.h"

#include "kernel/kernel.h"
#include "kernel/limits.h"

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
        if (unread.empty()) {
            return poll_readable();
        }
        const std::size_t got = unread.copy(buffer.data(), buffer.size());
        unread.erase(0, got);
        if (terminal_ != nullptr) {
            terminal_->writers.wake_in_turn();
        }
        return {got};
    }

    IoResult write(std::span<const char> bytes) override {
        if (const IoResult ready = poll_writable(); !ready.ok()) {
            return ready;
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

    IoResult poll_readable() override {
        return terminal_ == nullptr || !terminal_->outbox_.empty() ? IoResult{}
                                                                   : IoResult::would_block();
    }

    IoResult poll_writable() override {
        return terminal_ == nullptr || terminal_->input_.size() < limits::terminal_buffer
                   ? IoResult{}
                   : IoResult::would_block();
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
    for (auto& [job, share] : shares_) {
        share.readers.fail_all(std::errc::bad_file_descriptor);
    }
    completers.fail_all(std::errc::bad_file_descriptor);
}

std::shared_ptr<File> Terminal::make_line() {
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
    if (const IoResult ready = poll_readable(); !ready.ok()) {
        return ready;
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
    if (const IoResult ready = poll_writable(); !ready.ok()) {
        return ready;
    }
    if (line_ == nullptr) {
        return IoResult::failed(std::errc::io_error);
    }
    const std::size_t size = std::min(bytes.size(), limits::terminal_buffer);
    send(Kind::output, std::string(bytes.data(), size));
    return {size};
}

IoResult Terminal::poll_readable() {
    if (!input_.empty() || ended_ || line_ == nullptr) {
        return {};
    }
    if (!keys_mode_) {
        ask_for_line();
    }
    return IoResult::would_block();
}

IoResult Terminal::poll_writable() {
    return outbox_.size() < limits::terminal_buffer || line_ == nullptr ? IoResult{}
                                                                        : IoResult::would_block();
}

File::Turn Terminal::turn_of(Tid job) {
    const bool in_foreground = foreground_.job == kernel_tid || job == foreground_.job;
    return {shares_[in_foreground ? foreground_.job : job].readers, in_foreground};
}

void Terminal::set_foreground(const Foreground& foreground) {
    foreground_ = foreground;
    for (auto share = shares_.begin(); share != shares_.end();) {
        share->second.readers.notify_all();  // to see whether it is their turn now
        const bool over = share->second.readers.empty() && share->second.keys == 0;
        share = over ? shares_.erase(share) : std::next(share);
    }
    set_mode();
}

IoResult Terminal::want_keys(Tid job, int change) {
    shares_[job].keys += change;
    set_mode();
    return {};
}

void Terminal::set_mode() {
    const bool keys = std::any_of(shares_.begin(), shares_.end(), [this](const auto& entry) {
        const auto& [job, share] = entry;
        return share.keys > 0 && (job == foreground_.job || foreground_.job == kernel_tid);
    });
    if (keys != keys_mode_) {
        keys_mode_ = keys;
        edits_for_.reset();
        input_.clear();  // keys are no lines, and the other way round
        send(keys ? Kind::keys : Kind::lines);
    }
}

void Terminal::ask_for_line() {
    if (edits_for_ != foreground_.job) {
        edits_for_ = foreground_.job;
        send(completers.empty() ? Kind::edit : Kind::edit_command);
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
            return raise(SIGINT);
        case Kind::stop:
            return raise(SIGTSTP);
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
    share_of_foreground().readers.wake_in_turn();
}

/// What was typed before it is void. Those who still want a line ask for one again.
void Terminal::raise(int signal) {
    input_.clear();
    ended_ = false;
    request_.reset();
    edits_for_.reset();
    kernel_.raise(signal, foreground_);
    share_of_foreground().readers.wake_in_turn();
}

/// From now on there is nothing to be read, and nobody to write to.
void Terminal::hang_up() {
    line_ = nullptr;
    if (std::exchange(shows_log_, false)) {
        kernel_.log().show_on(nullptr);
    }
    kernel_.raise(SIGHUP, foreground_);
    for (auto& [job, share] : shares_) {
        share.readers.wake_in_turn();
    }
    completers.wake_in_turn();
    writers.wake_in_turn();
}

}  // namespace yos
