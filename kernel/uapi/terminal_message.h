#pragma once

// What the two sides of a terminal tell each other: the kernel's side, where programs read and
// write, and the person's side, which has the screen and the keyboard. The person's side may be in
// another process, so the messages travel as bytes: the kind, the length in four bytes, the lowest
// first, and the text.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yos {

struct TerminalMessage {
    enum class Kind : char {
        // To the person.
        output = 'o',        ///< show this text
        edit = 'e',          ///< somebody waits for a line
        edit_command = 'c',  ///< somebody waits for a command: a line that is completed as it is
                             ///< typed, and has a history
        offer = 'f',         ///< a Completions, as to_text writes it
        lines = 'n',         ///< from now on, keys make up lines
        keys = 'r',          ///< from now on, each key counts
        status = 'x',        ///< the shell has ended, with this exit status: the last message

        // From the person.
        line = 'l',       ///< without its newline
        end = 'd',        ///< of the file: Ctrl-D
        typed = 't',      ///< keys, as they came
        complete = '?',   ///< a CompletionRequest, as to_text writes it
        interrupt = 'i',  ///< Ctrl-C
        stop = 'z',       ///< Ctrl-Z
        size = 's',       ///< ROWS COLUMNS
    };

    Kind kind;
    std::string text = {};
};

/// What somebody wants completed: a line, and how many of its bytes are before the cursor.
struct CompletionRequest {
    std::string line = {};
    std::size_t cursor = 0;
};

/// What may stand from byte `from` up to the cursor, instead of what stands there.
struct Completions {
    std::size_t from = 0;
    std::vector<std::string> words = {};
};

std::string to_text(const CompletionRequest& request);
std::string to_text(const Completions& completions);

/// None when the text is not one.
std::optional<CompletionRequest> parse_completion_request(std::string_view text);
std::optional<Completions> parse_completions(std::string_view text);

std::string encode(const TerminalMessage& message);

/// Puts messages together from the bytes that arrive.
class TerminalMessages {
public:
    void append(std::span<const char> bytes) { bytes_.append(bytes.data(), bytes.size()); }

    /// The next whole one. Throws std::system_error with EBADMSG for one that is too long.
    std::optional<TerminalMessage> next();

private:
    std::string bytes_;
    std::size_t taken_ = 0;
};

}  // namespace yos
