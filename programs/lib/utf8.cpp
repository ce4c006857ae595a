#include "programs/lib/utf8.h"

#include <algorithm>
#include <cstdint>

namespace yos {
namespace {

/// Takes the first character of `text`, or its first byte if that begins none.
std::uint32_t take_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(0);
    const std::size_t size = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t character = size == 1 ? first : first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            text.remove_prefix(1);
            return first;
        }
        character = character << 6U | (byte(i) & 0x3FU);
    }
    text.remove_prefix(size);
    return character;
}

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

template <std::size_t n>
bool within(const Range (&ranges)[n], std::uint32_t character) {
    return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) {
        return character >= range.first && character <= range.last;
    });
}

// The blocks of Unicode 15 that matter, not each character.
constexpr Range combining[] = {
    {0x300, 0x36F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
constexpr Range wide[] = {{0x1100, 0x115F},
                          {0x2E80, 0x303E},
                          {0x3041, 0xA4CF},
                          {0xAC00, 0xD7A3},
                          {0xF900, 0xFAFF},
                          {0xFE30, 0xFE6F},
                          {0xFF00, 0xFF60},
                          {0xFFE0, 0xFFE6},
                          {0x1F300, 0x1F64F},
                          {0x1F680, 0x1F6FF},
                          {0x1F900, 0x1F9FF},
                          {0x20000, 0x3FFFD}};

std::size_t width_of(std::uint32_t character) {
    return within(combining, character) ? 0 : within(wide, character) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        width += width_of(take_character(text));
    }
    return width;
}

std::string_view cut_to_width(std::string_view text, std::size_t columns) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view before = rest;
        const std::size_t width = width_of(take_character(rest));
        if (width > columns) {
            return text.substr(0, text.size() - before.size());
        }
        columns -= width;
    }
    return text;
}

}  // namespace yos
