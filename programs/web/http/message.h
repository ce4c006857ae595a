#pragma once

// What HTTP messages are made of (RFC 9110): a head, which is a first line and fields, and a body.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yos::http {

/// Are they the same but for upper and lower case? Of ASCII, as all names in HTTP are.
bool same_name(std::string_view a, std::string_view b);

/// The fields of a head, in their order. All of their text is in one string, so that those of the
/// next message on a connection take no new memory.
class Fields {
public:
    struct Field {
        std::string_view name;
        std::string_view value;
    };

    /// Throws std::logic_error for a line end, with which whoever made up the text would write
    /// fields of his own. Whether the rest is what HTTP allows is not looked at.
    void add(std::string_view name, std::string_view value);
    void clear();

    std::size_t size() const { return places_.size(); }

    /// By number, from 0. Good until one is added.
    Field operator[](std::size_t number) const { return at(places_[number]); }

    /// The value of the first field of this name.
    std::optional<std::string_view> find(std::string_view name) const;

    std::size_t count(std::string_view name) const;

    /// Each as a line of a message.
    void append_to(std::string& message) const;

private:
    struct Place {
        std::uint32_t begin;
        std::uint32_t name;   // bytes
        std::uint32_t value;  // bytes, right behind the name
    };

    Field at(const Place& place) const;

    std::string text_;
    std::vector<Place> places_;
};

/// Of a request or of a response, as it was received.
struct Head {
    std::string method;     ///< of a request
    std::string target;     ///< of a request: what is asked for, as in `/index.html?lang=en`
    int status = 0;         ///< of a response, as in 404
    int minor_version = 1;  ///< the 1 of HTTP/1.1
    Fields fields;
    std::optional<std::uint64_t> body_size;  ///< in bytes, where it is known beforehand
    bool has_body = false;
    bool keep_alive = true;  ///< the connection may be used for more
};

/// What to answer. Content-Length, Date and what concerns the connection is added when it is sent.
struct Response {
    Response() = default;
    explicit Response(int status) : status(status) {}
    Response(int status, std::string_view type, std::string body)
        : status(status), body(std::move(body)) {
        fields.add("Content-Type", type);
    }

    int status = 200;
    Fields fields;
    std::string body;
};

/// As in `Not Found`; empty for a status that has no name here.
std::string_view reason(int status);

/// A message that cannot be understood, or will not be answered as it should: with the status that
/// says why.
class Refusal : public std::runtime_error {
public:
    Refusal(int status, const std::string& why) : std::runtime_error(why), status_(status) {}

    int status() const { return status_; }

private:
    int status_;
};

/// A short page that says what went wrong.
Response error_page(int status, std::string_view why = {});

}  // namespace yos::http
