#include "kernel/uapi/terminal_message.h"

#include "kernel/limits.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace yos {
namespace {

constexpr std::size_t header_size = 5;
constexpr char separator = '\0';  // no word of a command line has one

std::optional<std::size_t> take_number(std::string_view& text, char end) {
    std::size_t value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto length = static_cast<std::size_t>(rest - text.data());
    if (error != std::errc{} || length == text.size() || text[length] != end) {
        return std::nullopt;
    }
    text.remove_prefix(length + 1);
    return value;
}

}  // namespace

std::string to_text(const CompletionRequest& request) {
    return std::to_string(request.cursor) + separator + request.line;
}

std::optional<CompletionRequest> parse_completion_request(std::string_view text) {
    const std::optional<std::size_t> cursor = take_number(text, separator);
    if (!cursor || *cursor > text.size()) {
        return std::nullopt;
    }
    return CompletionRequest{std::string(text), *cursor};
}

std::string to_text(const Completions& completions) {
    std::string text = std::to_string(completions.from) + separator;
    for (const std::string& word : completions.words) {
        text.append(word).push_back(separator);
    }
    return text;
}

std::optional<Completions> parse_completions(std::string_view text) {
    const std::optional<std::size_t> from = take_number(text, separator);
    if (!from) {
        return std::nullopt;
    }
    Completions completions{.from = *from};
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        completions.words.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return completions;
}

std::string encode(const TerminalMessage& message) {
    std::string bytes(1, static_cast<char>(message.kind));
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<char>(message.text.size() >> shift & 0xff));
    }
    return bytes + message.text;
}

std::optional<TerminalMessage> TerminalMessages::next() {
    const std::string_view rest = std::string_view(bytes_).substr(taken_);
    std::size_t length = 0;
    for (std::size_t i = header_size - 1; i > 0 && rest.size() >= header_size; --i) {
        length = length << 8 | static_cast<unsigned char>(rest[i]);
    }
    if (length > limits::terminal_message) {
        throw std::system_error(std::make_error_code(std::errc::bad_message),
                                "a terminal's message of " + std::to_string(length) + " bytes");
    }
    if (rest.size() < header_size + length) {
        bytes_.erase(0, taken_);
        taken_ = 0;
        return std::nullopt;
    }
    taken_ += header_size + length;
    return TerminalMessage{static_cast<TerminalMessage::Kind>(rest.front()),
                           std::string(rest.substr(header_size, length))};
}

}  // namespace yos
