// Where nothing is edited: standard input is no terminal, or yos was built without readline.

#include "programs/terminal/line_editor.h"

#include <utility>

namespace yos::terminal {
namespace {

class PlainLines final : public LineEditor {
public:
    bool wants_keys() const override { return false; }
    void begin(const std::string& /*prompt*/, bool /*is_command*/) override { editing_ = true; }
    bool editing() const override { return editing_; }

    std::optional<TerminalMessage> take(std::string& keys) override {
        while (editing_) {
            const std::size_t end = keys.find('\n');
            if (end == std::string::npos) {
                return std::nullopt;
            }
            TerminalMessage line{TerminalMessage::Kind::line, keys.substr(0, end)};
            keys.erase(0, end + 1);
            if (line.text.size() <= longest_line) {
                editing_ = false;
                return line;
            }
            output_ += "yos: a line has at most " + std::to_string(longest_line) +
                       " bytes: one was dropped\n";
        }
        return std::nullopt;
    }

    void offer(const Completions& /*completions*/) override {}
    void abandon() override { editing_ = false; }
    void hide() override {}
    void show() override {}
    void resize(unsigned /*rows*/, unsigned /*columns*/) override {}
    std::string take_output() override { return std::exchange(output_, {}); }

private:
    bool editing_ = false;
    std::string output_;
};

}  // namespace

std::unique_ptr<LineEditor> make_plain_lines() {
    return std::make_unique<PlainLines>();
}

#ifndef YOS_READLINE
std::unique_ptr<LineEditor> make_readline(const std::string& /*history*/) {
    return make_plain_lines();
}
#endif

}  // namespace yos::terminal
