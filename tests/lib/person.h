#pragma once

// A person at a terminal: types keys, and looks at the screen, which libvterm draws.

#include "tests/lib/catch.h"
#include "tests/lib/process.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>
#include <vterm.h>

namespace yos {

class Person {
public:
    static constexpr int rows = 40;  // as Process's terminal has them
    static constexpr int columns = 120;

    explicit Person(std::vector<std::string> arguments = {})
        : process_(std::move(arguments), Process::Through::terminal),
          vterm_(vterm_new(rows, columns)) {
        vterm_set_utf8(vterm_, 1);
        screen_ = vterm_obtain_screen(vterm_);
        vterm_screen_reset(screen_, 1);
    }
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;
    ~Person() { vterm_free(vterm_); }

    void type(const std::string& keys) { process_.type(keys); }

    /// Types a command behind the prompt, and waits until what is below says so.
    void runs(const std::string& command, const std::string& then) {
        type(command + "\r");
        sees(then);
    }

    /// Waits until some line of the screen is this, or so many of them are.
    void sees(const std::string& line, int times = 1) {
        wait_until("the line \"" + line + "\"", [&] {
            const std::vector<std::string> all = lines();
            return std::count(all.begin(), all.end(), line) >= times;
        });
    }

    /// Waits until the line with the cursor is this, and the cursor at its end, or so much before.
    void sees_at_cursor(const std::string& line, int before_end = 0) {
        wait_until("the cursor in \"" + line + "\"", [&] {
            VTermPos cursor;
            vterm_state_get_cursorpos(vterm_obtain_state(vterm_), &cursor);
            const std::string text = line_at(cursor.row);
            return text == trimmed(line) && cursor.col == width_of(line) - before_end;
        });
    }

    /// From top to bottom, without blanks at their ends.
    std::vector<std::string> lines() {
        std::vector<std::string> all;
        for (int row = 0; row < rows; ++row) {
            all.push_back(line_at(row));
        }
        return all;
    }

    Process& process() { return process_; }

    /// The exit status.
    int leaves() { return process_.wait(); }

private:
    template <class Condition>
    void wait_until(const std::string& what, Condition&& condition) {
        for (;;) {
            show();
            if (condition()) {
                return;
            }
            if (!process_.read_more()) {
                std::string seen;
                for (const std::string& line : lines()) {
                    seen += line.empty() ? "" : line + "\n";
                }
                FAIL(what << " did not come; the screen is:\n" << seen);
            }
        }
    }

    void show() {
        const std::string& output = process_.output();
        vterm_input_write(vterm_, output.data() + shown_, output.size() - shown_);
        shown_ = output.size();
    }

    std::string line_at(int row) {
        std::string text(static_cast<std::size_t>(columns) * 6, '\0');
        const VTermRect rect{row, row + 1, 0, columns};
        text.resize(vterm_screen_get_text(screen_, text.data(), text.size(), rect));
        return trimmed(text);
    }

    static std::string trimmed(std::string text) {
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    }

    static int width_of(const std::string& text) {
        return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        }));
    }

    Process process_;
    VTerm* vterm_;
    VTermScreen* screen_ = nullptr;
    std::size_t shown_ = 0;
};

}  // namespace yos
