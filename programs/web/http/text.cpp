#include "programs/web/http/text.h"

namespace yos::http {
namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

bool stands_for_itself(char c) {
    constexpr std::string_view others = "/-._~!$&'()*+,;=@";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

/// -1 when it is no hexadecimal digit.
int value_of(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    const char small = static_cast<char>(digit | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

std::string escaped_for_html(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

std::string escaped_for_url(std::string_view path) {
    std::string escaped;
    for (const char c : path) {
        if (stands_for_itself(c)) {
            escaped += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            escaped += '%';
            escaped += digits[byte >> 4U];
            escaped += digits[byte & 15U];
        }
    }
    return escaped;
}

std::optional<std::string> unescaped(std::string_view url) {
    std::string text;
    for (std::size_t i = 0; i < url.size(); ++i) {
        if (url[i] != '%') {
            text += url[i];
            continue;
        }
        const int high = i + 1 < url.size() ? value_of(url[i + 1]) : -1;
        const int low = i + 2 < url.size() ? value_of(url[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        text += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return text;
}

}  // namespace yos::http
