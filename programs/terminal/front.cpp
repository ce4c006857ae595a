#include "programs/terminal/front.h"

#include "programs/lib/print.h"
#include "programs/lib/utf8.h"
#include "syscalls/answer_of.h"
#include "syscalls/get_terminal_size.h"
#include "syscalls/open_signals.h"
#include "syscalls/read.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/sleep.h"
#include "syscalls/tried.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>

namespace yos::terminal {
namespace {

using Kind = TerminalMessage::Kind;

/// What follows the last newline, or return; or all of it behind `before`. A long one is cut: it is
/// no prompt.
std::string last_line_of(const std::string& before, const std::string& text) {
    constexpr std::size_t longest = 4'096;
    const std::size_t begin = text.find_last_of("\r\n");
    std::string line = begin == std::string::npos ? before : "";
    line.append(text, begin == std::string::npos ? 0 : begin + 1);
    line.erase(0, line.size() - std::min(line.size(), longest));
    return line;
}

std::optional<int> status_in(const std::string& text) {
    int status = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, status);
    return error == std::errc{} && stopped == end ? std::optional(status) : std::nullopt;
}

}  // namespace

Front::Front(Fd keyboard, Fd screen, Fd line, const std::string& history)
    : keyboard_(keyboard), screen_(screen), line_(line), editor_(make_readline(history)) {}

Coroutine<> Front::run() {
    co_await start();
    const std::set<int> of_keyboard = {SIGINT, SIGTSTP, SIGQUIT, SIGWINCH};
    const Descriptor signals = co_yield OpenSignals{of_keyboard};
    while (!line_ended_) {
        std::size_t ready = 0;
        if (wants_input()) {
            const auto first =
                co_yield Select{ReadWait{signals}, ReadWait{line_}, ReadWait{keyboard_}};
            ready = first.index();
        } else {
            const auto first = co_yield Select{ReadWait{signals}, ReadWait{line_}};
            ready = first.index();
        }
        if (ready == 0) {
            std::array<char, 1> signal{};
            co_yield Read{signals, signal};
            take_signal(signal.front());
            if (signal.front() == SIGWINCH) {
                co_await tell_size();
            }
        } else if (ready == 1) {
            co_await take_messages();
        } else {
            co_await take_keys();
        }
        co_await act();
    }
    keys_.reset();
}

Coroutine<> Front::start() {
    is_terminal_ = (co_yield GetTerminalSize{screen_}).has_value();
    if (is_terminal_) {
        auto keys = co_yield Tried{TakeKeys{keyboard_}};
        if (keys) {  // or ENOTTY: somebody else types, or a file
            keys_.emplace(*std::move(keys));
        }
    }
    if (!keys_ || !editor_->wants_keys()) {
        keys_.reset();
        editor_ = make_plain_lines();
    }
    co_await tell_size();
}

/// Nobody is asked to type who is not listened to: what comes too early waits outside.
bool Front::wants_input() const {
    return !input_ended_ && (keys_mode_ || (editor_->editing() && !awaits_offer_));
}

Coroutine<> Front::take_messages() {
    std::array<char, 16'384> bytes{};
    auto answer = co_yield Tried{Read{line_, bytes}};
    const std::size_t got = std::move(answer).value_or(0);  // it fails if the far side was killed
    messages_.append(std::span(bytes).first(got));
    std::string output;
    while (std::optional<TerminalMessage> message = messages_.next()) {
        if (message->kind == Kind::output) {
            output += message->text;
            continue;
        }
        print(std::exchange(output, {}));
        obey(*message);
    }
    print(output);
    if (got == 0) {
        break_off();
    }
}

void Front::break_off() {
    line_ended_ = true;
    const bool in_midst_of_line = keys_ && editor_->editing();
    editor_->abandon();
    print(in_midst_of_line ? "\n" : "");
}

/// Does not wait: Ctrl-C or Ctrl-Z may have taken back what had been typed, and is to be heard.
Coroutine<> Front::take_keys() {
    std::array<char, 4096> bytes{};
    auto first = co_yield Tried{Select{Read{keyboard_, bytes}, Sleep{Duration::zero()}}};
    if (first && first->index() == 1) {
        co_return;
    }
    const std::size_t got = first ? std::get<0>(*first) : 0;  // EIO: the terminal has gone
    input_ended_ = got == 0;
    typed_.append(bytes.data(), got);
}

/// What was typed before Ctrl-C is void.
void Front::take_signal(int signal) {
    if (signal == SIGQUIT && leaves_on_quit_) {
        status_ = 128 + SIGQUIT;
        return break_off();
    }
    if (signal == SIGWINCH || signal == SIGQUIT ||
        (signal == SIGTSTP && edits_command_ && editor_->editing())) {
        return;  // no key, none that means anything, or the shell, which nobody could continue
    }
    typed_.clear();
    awaits_offer_ = false;
    editor_->abandon();
    if (keys_ && !keys_mode_) {
        print(signal == SIGINT ? "^C" : "^Z");
    }
    tell({signal == SIGINT ? Kind::interrupt : Kind::stop});
}

Coroutine<> Front::tell_size() {
    const std::optional<TerminalSize> size = co_yield GetTerminalSize{screen_};
    if (size) {
        columns_ = size->columns;
        editor_->resize(size->rows, size->columns);
        tell({Kind::size, fmt::format("{} {}", size->rows, size->columns)});
    }
}

void Front::obey(const TerminalMessage& message) {
    switch (message.kind) {
        case Kind::edit:
        case Kind::edit_command:
            return begin_line(message.kind == Kind::edit_command);
        case Kind::offer:
            awaits_offer_ = false;
            return editor_->offer(parse_completions(message.text).value_or(Completions{}));
        case Kind::keys:
        case Kind::lines:
            keys_mode_ = message.kind == Kind::keys;
            return editor_->abandon();
        case Kind::status:
            status_ = status_in(message.text);
            return;
        default:
            return;
    }
}

/// What stands last on the screen is the prompt.
void Front::begin_line(bool is_command) {
    if (editor_->editing()) {  // for somebody who does not want it any more
        editor_->abandon();
        to_screen_ += editor_->take_output() + "\n" + aside_;
        last_line_ = std::exchange(aside_, {});
    }
    awaits_offer_ = false;
    edits_command_ = is_command;
    editor_->begin(last_line_, is_command);
}

void Front::print(const std::string& text) {
    if (text.empty()) {
        return;
    }
    if (!editor_->editing()) {
        to_screen_ += editor_->take_output() + text;
        last_line_ = last_line_of(last_line_, text);
        return;
    }
    // Above the line: in place of what stands there, if that has not been ended yet.
    editor_->hide();
    to_screen_ += editor_->take_output();
    if (!aside_.empty()) {
        const std::size_t rows = (display_width(aside_) + columns_ - 1) / columns_;
        to_screen_ += fmt::format("\x1b[{}A\r\x1b[J{}", std::max<std::size_t>(rows, 1), aside_);
    }
    to_screen_ += text;
    aside_ = last_line_of(aside_, text);
    to_screen_ += aside_.empty() ? "" : "\n";
    editor_->show();
}

void Front::tell(const TerminalMessage& message) {
    answers_ += encode(message);
}

/// Has what was typed edited, and passes on what came of everything.
Coroutine<> Front::act() {
    if (keys_mode_ && !typed_.empty()) {
        tell({Kind::typed, std::exchange(typed_, {})});
    }
    while (editor_->editing() && !awaits_offer_) {
        const std::optional<TerminalMessage> answer = editor_->take(typed_);
        if (!answer) {
            break;
        }
        awaits_offer_ = answer->kind == Kind::complete;
        if (answer->kind == Kind::line) {
            last_line_.clear();
            aside_.clear();
        }
        tell(*answer);
    }
    if (editor_->editing() && input_ended_ && !awaits_offer_) {
        editor_->abandon();
        if (typed_.empty()) {
            tell({Kind::end});
            input_ended_ = !is_terminal_;  // where Ctrl-D is not for ever
        } else {
            tell({Kind::line, std::exchange(typed_, {})});
        }
    }
    to_screen_ += editor_->take_output();
    co_await write_all(screen_, std::exchange(to_screen_, {}));
    if (!line_ended_ && !answers_.empty()) {
        // EPIPE, EIO: it has gone, as is about to be read.
        co_await answer_of(write_all(line_, std::exchange(answers_, {})));
    }
}

std::string history_of(const Environment& environment) {
    const auto chosen = environment.find("YOS_HISTORY");
    const auto home = environment.find("HOME");
    if (chosen != environment.end()) {
        return chosen->second;
    }
    return home != environment.end() ? home->second + "/.yos_history" : "";
}

}  // namespace yos::terminal
