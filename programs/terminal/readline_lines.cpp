// GNU readline as a LineEditor. Readline has one line at a time in each process, and its callbacks
// are handed nothing to find their own object by: so there is one object of this.
//
// It runs by readline's interface for callbacks, a key at a time. What would make readline wait for
// more is held back until it is whole (a character of several bytes, a pasted text), or switched
// off (questions that it asks); so nothing here ever blocks.

#ifdef YOS_READLINE

#include "programs/terminal/keys.h"
#include "programs/terminal/line_editor.h"
#include "programs/terminal/offered_words.h"
#include "programs/terminal/readline_history.h"

#include <readline/readline.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>

namespace yos::terminal {
namespace {

using Kind = TerminalMessage::Kind;

/// Colours and the like take no room: readline wants to be told.
std::string marked_prompt(const std::string& prompt) {
    std::string marked;
    for (std::size_t i = 0; i < prompt.size();) {
        std::size_t end = i;
        if (prompt.compare(i, 2, "\x1b[") == 0) {
            end = std::min(prompt.find_first_not_of("0123456789;?", i + 2), prompt.size() - 1);
            marked += '\1' + prompt.substr(i, end - i + 1) + '\2';
        } else {
            marked += prompt[i];
        }
        i = end + 1;
    }
    return marked;
}

class Readline final : public LineEditor {
public:
    explicit Readline(const std::string& history) : history_(history) {
        self = this;
        if (std::getenv("LC_ALL") == nullptr && std::getenv("LC_CTYPE") == nullptr &&
            std::getenv("LANG") == nullptr) {
            std::setlocale(LC_CTYPE, "C.UTF-8");
        }
        cookie_io_functions_t screen{};
        screen.write = [](void*, const char* bytes, std::size_t size) {
            self->output_.append(bytes, size);
            return static_cast<ssize_t>(size);
        };
        screen_ = ::fopencookie(nullptr, "w", screen);
        nothing_ = std::fopen("/dev/null", "r");
        rl_outstream = screen_;
        rl_instream = nothing_;
        rl_readline_name = "yos";
        rl_catch_signals = 0;
        rl_catch_sigwinch = 0;
        rl_change_environment = 0;
        rl_prep_term_function = [](int) {};
        rl_deprep_term_function = [] {};
        rl_getc_function = [](FILE*) { return self->next_key(); };
        rl_input_available_hook = [] { return self->keys_.empty() ? 0 : 1; };
        rl_attempted_completion_function = [](const char*, int, int) -> char** {
            rl_attempted_completion_over = 1;
            return nullptr;
        };
        rl_initialize();
        rl_tty_set_echoing(1);
        // Not before: readline would take it that it need not know the terminal.
        rl_redisplay_function = [] { self->redisplay(); };
        for (const Keymap map : {emacs_standard_keymap, vi_insertion_keymap}) {
            rl_bind_key_in_map(
                '\t', [](int, int) { return self->ask_to_complete(); }, map);
        }
        rl_variable_bind("page-completions", "off");  // it would ask, and wait
    }
    Readline(const Readline&) = delete;
    Readline& operator=(const Readline&) = delete;
    ~Readline() override {
        abandon();
        rl_outstream = nullptr;
        rl_instream = nullptr;
        std::fclose(screen_);
        std::fclose(nothing_);
        self = nullptr;
    }

    /// Somebody else of this process edits already.
    static bool exists() { return self != nullptr; }

    bool wants_keys() const override { return true; }
    bool editing() const override { return editing_; }

    void begin(const std::string& prompt, bool is_command) override {
        editing_ = true;
        is_command_ = is_command;
        // With colours in it, it has to be drawn again: readline would take them to have a width.
        const std::string marked = marked_prompt(prompt);
        rl_already_prompted = marked == prompt ? 1 : 0;
        output_ += rl_already_prompted == 1 ? "" : "\r\x1b[K";
        rl_callback_handler_install(marked.c_str(), [](char* line) { self->finish(line); });
        output_ += "\x1b[?2004h";  // what is pasted comes between two marks
    }

    std::optional<TerminalMessage> take(std::string& keys) override {
        answer_.reset();
        keys_ = keys;
        while (editing_ && !answer_) {
            const std::size_t length = length_of_key(keys_);
            if (length == 0) {
                break;
            }
            if (dropping_ || too_long(length)) {
                drop();
                continue;
            }
            const std::size_t before = keys_.size();
            while (keys_.size() > before - length && editing_ && !answer_) {
                rl_callback_read_char();
            }
        }
        keys.assign(keys_);
        keys_ = {};
        return std::move(answer_);
    }

    /// Puts in what they have in common, or lists them when that is there already.
    void offer(const Completions& completions) override {
        const std::vector<std::string>& words = completions.words;
        if (words.empty() || !editing_ || completions.from > static_cast<std::size_t>(rl_point)) {
            rl_ding();
            return;
        }
        const std::string common = common_beginning(words);
        const auto from = static_cast<int>(completions.from);
        const std::string typed(rl_line_buffer + from, static_cast<std::size_t>(rl_point - from));
        if (words.size() == 1 || common.size() > typed.size()) {
            rl_begin_undo_group();
            rl_delete_text(from, rl_point);
            rl_point = from;
            rl_insert_text(common.c_str());
            rl_end_undo_group();
        } else {
            list(words);
        }
        rl_redisplay();
    }

    void abandon() override {
        if (!editing_) {
            return;
        }
        editing_ = false;
        rl_callback_sigcleanup();
        rl_point = rl_end;
        rl_redisplay();
        rl_free_line_state();
        rl_callback_handler_remove();
        output_ended();
    }

    void hide() override {
        if (editing_) {
            rl_clear_visible_line();
        }
    }

    void show() override {
        if (editing_) {
            rl_forced_update_display();
        }
    }

    void resize(unsigned rows, unsigned columns) override {
        hide();
        rl_set_screen_size(static_cast<int>(rows), static_cast<int>(columns));
        show();
    }

    std::string take_output() override {
        std::fflush(screen_);
        return std::exchange(output_, {});
    }

private:
    int next_key() {
        if (keys_.empty()) {
            return EOF;
        }
        const auto key = static_cast<unsigned char>(keys_.front());
        keys_.remove_prefix(1);
        return key;
    }

    /// Once for all the text that came at a time, for a long line takes long to draw.
    void redisplay() {
        if (keys_.empty() || !is_text(keys_.front())) {
            rl_redisplay();
        }
    }

    bool too_long(std::size_t length) const {
        return static_cast<std::size_t>(rl_end) + length > longest_line;
    }

    /// A line beyond all reason is given up, as if by Ctrl-C, and what is still to come of it
    /// dropped.
    void drop() {
        const std::size_t end = keys_.find_first_of("\r\n");
        keys_.remove_prefix(std::min(end, keys_.size() - 1) + 1);
        if (!std::exchange(dropping_, end == std::string_view::npos) && editing_) {
            rl_replace_line("", 0);
            abandon();
            output_ += "\r\x1b[Kyos: a line has at most " + std::to_string(longest_line) +
                       " bytes: this one was dropped";
            answer_ = TerminalMessage{Kind::interrupt};
        }
    }

    /// readline calls this with the whole line; null for the end of the file.
    void finish(char* line) {
        rl_callback_handler_remove();
        editing_ = false;
        if (line == nullptr) {
            answer_ = TerminalMessage{Kind::end};
        } else {
            if (is_command_) {
                history_.remember(line);
            }
            answer_ = TerminalMessage{Kind::line, line};
            std::free(line);
        }
        output_ended();
    }

    int ask_to_complete() {
        if (!is_command_) {
            return rl_insert_text("\t");
        }
        const CompletionRequest request{rl_line_buffer, static_cast<std::size_t>(rl_point)};
        answer_ = TerminalMessage{Kind::complete, to_text(request)};
        return 0;
    }

    /// Below the line, which is drawn again below them.
    static void list(const std::vector<std::string>& words) {
        const int point = std::exchange(rl_point, rl_end);
        rl_redisplay();
        std::vector<std::string> names{""};
        std::size_t widest = 0;
        for (const std::string& word : words) {
            names.push_back(name_in_list(word));
            widest = std::max(widest, names.back().size());
        }
        std::vector<char*> pointers;
        for (std::string& name : names) {
            pointers.push_back(name.data());
        }
        pointers.push_back(nullptr);
        rl_display_match_list(
            pointers.data(), static_cast<int>(words.size()), static_cast<int>(widest));
        rl_point = point;
        rl_forced_update_display();
    }

    void output_ended() {
        std::fflush(screen_);
        output_ += "\x1b[?2004l";
    }

    static Readline* self;

    ReadlineHistory history_;
    FILE* screen_ = nullptr;
    FILE* nothing_ = nullptr;
    std::string output_;
    std::string_view keys_;
    std::optional<TerminalMessage> answer_;
    bool editing_ = false;
    bool is_command_ = false;
    bool dropping_ = false;  // the rest of a line
};

Readline* Readline::self = nullptr;

}  // namespace

std::unique_ptr<LineEditor> make_readline(const std::string& history) {
    return Readline::exists() ? make_plain_lines() : std::make_unique<Readline>(history);
}

}  // namespace yos::terminal

#endif
