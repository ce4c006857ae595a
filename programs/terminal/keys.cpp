#include "programs/terminal/keys.h"

namespace yos::terminal {
namespace {

constexpr std::string_view paste_begins = "\x1b[200~";
constexpr std::string_view paste_ends = "\x1b[201~";

/// Bytes of the character that begins with this one.
std::size_t length_of_character(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 1;
}

}  // namespace

bool is_text(char key) {
    return static_cast<unsigned char>(key) >= ' ' && key != '\x7f';
}

std::size_t length_of_key(std::string_view keys) {
    if (keys.empty()) {
        return 0;
    }
    const bool may_be_paste = keys.size() > 2 && paste_begins.starts_with(keys);
    if (keys.starts_with(paste_begins)) {
        const std::size_t end = keys.find(paste_ends);
        return end == std::string_view::npos ? 0 : end + paste_ends.size();
    }
    const std::size_t length = length_of_character(keys.front());
    return may_be_paste || length > keys.size() ? 0 : length;
}

}  // namespace yos::terminal
