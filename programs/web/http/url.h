#pragma once

// Where something is on the web: `http://localhost:8080/pages/index.html?lang=en`.

#include <optional>
#include <string>
#include <string_view>

namespace yos::http {

class Url {
public:
    /// Takes `http://HOST`, and behind that `:PORT` and a path if need be. What comes after a # is
    /// left out. Throws std::invalid_argument that says what is wrong.
    static Url parse(std::string_view text);

    /// Where a link leads that stands on the page of this URL; none when that is not on the web.
    std::optional<Url> resolve(std::string_view link) const;

    const std::string& host() const { return host_; }
    unsigned short port() const { return port_; }

    /// What to ask the host for: `/pages/index.html?lang=en`.
    const std::string& target() const { return target_; }

    /// `localhost:8080`; without the port if that is 80.
    std::string authority() const;

    std::string to_string() const { return "http://" + authority() + target_; }

private:
    Url(std::string host, unsigned short port, std::string target)
        : host_(std::move(host)), port_(port), target_(std::move(target)) {}

    std::string host_;
    unsigned short port_;
    std::string target_;
};

}  // namespace yos::http
