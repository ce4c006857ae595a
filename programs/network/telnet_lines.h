#pragma once

// What a person types at telnet, as lines. Telnet mixes orders of its own into the text (RFC 854):
// they begin with the byte 255, may have an option or a whole message behind them, and are dropped
// here, as are the control characters of ASCII, which would move another one's cursor.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace yos {

class TelnetLines {
public:
    struct Line {
        std::string text{};
        bool too_long = false;  ///< and so without its end
    };

    /// No line is kept beyond `longest` bytes, however long it is.
    explicit TelnetLines(std::size_t longest) : longest_(longest) {}

    void add(std::string_view bytes) {
        for (const char c : bytes) {
            take(static_cast<unsigned char>(c));
        }
    }

    /// Takes the first line off; none until it has come whole.
    std::optional<Line> next() {
        if (lines_.empty()) {
            return std::nullopt;
        }
        Line line = std::move(lines_.front());
        lines_.pop_front();
        return line;
    }

private:
    static constexpr unsigned char message_ends = 240;
    static constexpr unsigned char message_begins = 250;
    static constexpr unsigned char will = 251;  // will, won't, do and don't have an option
    static constexpr unsigned char order = 255;

    enum class At : std::uint8_t { text, order, option, message, order_in_message };

    void take(unsigned char byte) {
        switch (at_) {
            case At::text:
                if (byte == order) {
                    at_ = At::order;
                } else {
                    take_text(byte);
                }
                break;
            case At::order:
                at_ = byte == message_begins          ? At::message
                      : byte >= will && byte != order ? At::option
                                                      : At::text;
                break;
            case At::option:
                at_ = At::text;
                break;
            case At::message:
                at_ = byte == order ? At::order_in_message : At::message;
                break;
            case At::order_in_message:
                at_ = byte == message_ends ? At::text : At::message;
                break;
        }
    }

    void take_text(unsigned char byte) {
        const bool is_control = byte < ' ' || byte == 0x7f;
        if (byte == '\n') {
            lines_.push_back(std::exchange(line_, Line()));
        } else if (line_.text.size() == longest_) {
            line_.too_long = line_.too_long || !is_control;
        } else if (!is_control) {
            line_.text += static_cast<char>(byte);
        }
    }

    const std::size_t longest_;
    At at_ = At::text;
    Line line_;  // not yet whole
    std::deque<Line> lines_;
};

}  // namespace yos
