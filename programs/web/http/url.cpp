#include "programs/web/http/url.h"

#include <charconv>
#include <stdexcept>
#include <vector>

namespace yos::http {
namespace {

constexpr std::string_view scheme = "http://";

/// Without its . and .. (RFC 3986, section 5.2.4).
std::string without_dots(std::string_view path) {
    std::vector<std::string_view> parts;
    bool ends_in_slash = false;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::string_view part = path.substr(0, path.find('/'));
        path.remove_prefix(part.size());
        ends_in_slash = part.empty() || part == "." || part == "..";
        if (part == ".." && !parts.empty()) {
            parts.pop_back();
        } else if (!ends_in_slash) {
            parts.push_back(part);
        }
    }
    std::string result;
    for (const std::string_view part : parts) {
        result += '/';
        result += part;
    }
    return result + (ends_in_slash || parts.empty() ? "/" : "");
}

/// Has it a scheme of its own, as mailto: has?
bool has_scheme(std::string_view link) {
    const auto colon = link.find(':');
    return colon != std::string_view::npos && colon < link.find_first_of("/?#");
}

}  // namespace

Url Url::parse(std::string_view text) {
    const std::string whole(text);
    if (!text.starts_with(scheme)) {
        throw std::invalid_argument("\"" + whole + "\" does not begin with http://");
    }
    text = text.substr(scheme.size(), text.find('#') - scheme.size());
    std::string_view host = text.substr(0, text.find_first_of("/?"));
    std::string target(text.substr(host.size()));
    unsigned short port = 80;
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && host.back() != ']') {
        const std::string_view digits = host.substr(colon + 1);
        const char* const end = digits.data() + digits.size();
        const auto [stopped, error] = std::from_chars(digits.data(), end, port);
        if (error != std::errc{} || stopped != end || port == 0) {
            throw std::invalid_argument("\"" + whole + "\" has a port that is none");
        }
        host = host.substr(0, colon);
    }
    if (host.empty()) {
        throw std::invalid_argument("\"" + whole + "\" names no host");
    }
    if (!target.starts_with('/')) {
        target.insert(0, "/");
    }
    return {std::string(host), port, std::move(target)};
}

std::optional<Url> Url::resolve(std::string_view link) const {
    link = link.substr(0, link.find('#'));
    if (link.starts_with("//")) {
        return parse("http:" + std::string(link));
    }
    if (link.starts_with(scheme)) {
        return parse(link);
    }
    if (has_scheme(link)) {
        return std::nullopt;
    }
    const std::string here = target_.substr(0, target_.find('?'));
    const std::string_view query = link.substr(std::min(link.find('?'), link.size()));
    const std::string_view path = link.substr(0, link.size() - query.size());
    std::string to = here;
    if (!path.empty()) {
        const std::string directory = here.substr(0, here.rfind('/') + 1);
        to = without_dots((path.front() == '/' ? "" : directory) + std::string(path));
    }
    return Url(host_, port_, to + std::string(query));
}

std::string Url::authority() const {
    return host_ + (port_ == 80 ? "" : ":" + std::to_string(port_));
}

}  // namespace yos::http
