#include "programs/web/http/message.h"

#include "programs/web/http/text.h"
#include "tasks/contract.h"

#include <algorithm>
#include <array>
#include <utility>

namespace yos::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower(x) == lower(y);
           });
}

void Fields::add(std::string_view name, std::string_view value) {
    const auto has_line_end = [](std::string_view text) {
        return text.find('\r') != std::string_view::npos ||
               text.find('\n') != std::string_view::npos;
    };
    check_contract(!has_line_end(name) && !has_line_end(value), [&] {
        return "Fields::add: there is a line end in the name or the value of the field " +
               std::string(name.substr(0, name.find_first_of("\r\n"))) +
               ": escape it, or leave it out";
    });
    places_.push_back({static_cast<std::uint32_t>(text_.size()),
                       static_cast<std::uint32_t>(name.size()),
                       static_cast<std::uint32_t>(value.size())});
    text_ += name;
    text_ += value;
}

void Fields::clear() {
    text_.clear();
    places_.clear();
}

Fields::Field Fields::at(const Place& place) const {
    const char* const name = text_.data() + place.begin;
    return {{name, place.name}, {name + place.name, place.value}};
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
    for (const Place& place : places_) {
        if (place.name == name.size() && same_name(at(place).name, name)) {
            return at(place).value;
        }
    }
    return std::nullopt;
}

std::size_t Fields::count(std::string_view name) const {
    std::size_t found = 0;
    for (const Place& place : places_) {
        found += place.name == name.size() && same_name(at(place).name, name) ? 1 : 0;
    }
    return found;
}

void Fields::append_to(std::string& message) const {
    for (const Place& place : places_) {
        message += at(place).name;
        message += ": ";
        message += at(place).value;
        message += "\r\n";
    }
}

std::string_view reason(int status) {
    using Named = std::pair<int, std::string_view>;
    static constexpr std::array names = {
        Named(100, "Continue"),
        Named(200, "OK"),
        Named(206, "Partial Content"),
        Named(301, "Moved Permanently"),
        Named(304, "Not Modified"),
        Named(400, "Bad Request"),
        Named(403, "Forbidden"),
        Named(404, "Not Found"),
        Named(405, "Method Not Allowed"),
        Named(408, "Request Timeout"),
        Named(411, "Length Required"),
        Named(413, "Content Too Large"),
        Named(414, "URI Too Long"),
        Named(416, "Range Not Satisfiable"),
        Named(417, "Expectation Failed"),
        Named(431, "Request Header Fields Too Large"),
        Named(500, "Internal Server Error"),
        Named(501, "Not Implemented"),
        Named(502, "Bad Gateway"),
        Named(503, "Service Unavailable"),
        Named(504, "Gateway Timeout"),
        Named(505, "HTTP Version Not Supported"),
    };
    const auto* const found = std::find_if(
        names.begin(), names.end(), [&](const Named& named) { return named.first == status; });
    return found != names.end() ? found->second : std::string_view();
}

Response error_page(int status, std::string_view why) {
    const std::string title = std::to_string(status) + " " + std::string(reason(status));
    return {status,
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\n<title>" + title + "</title>\n<h1>" + title + "</h1>\n" +
                (why.empty() ? "" : "<p>" + escaped_for_html(why) + "</p>\n")};
}

}  // namespace yos::http
