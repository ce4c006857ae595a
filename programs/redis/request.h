#pragma once

// What Redis clients send, in its protocol RESP: requests, each a list of words. A program sends an
// array of strings with their lengths, `*2\r\n$3\r\nGET\r\n$1\r\nx\r\n`, in which any byte may
// stand; a person at telnet types a line, `GET x`. Requests follow each other without waiting for
// answers, and come in pieces as the network likes.

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yos::redis {

/// The client does not speak the protocol; nothing can be made of what it sends next.
class ProtocolError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

using Words = std::span<const std::string_view>;

class RequestParser {
public:
    /// Looks for a whole request at the begin of `bytes`; false when there is more to come. Then
    /// call it again with more behind the same bytes: none is looked at twice. Throws
    /// ProtocolError.
    bool parse(std::string_view bytes);

    /// The request that was found, and how many bytes it took. No words: it asks for nothing. The
    /// words lie in the bytes, and are gone with them or when the next request is parsed.
    Words words() const { return words_; }
    std::size_t size() const { return at_; }

private:
    struct Piece {
        std::size_t begin;
        std::size_t size;
    };

    void begin();
    bool parse_array(std::string_view bytes);
    bool parse_line(std::string_view bytes);
    bool parse_number(std::string_view bytes, long& number, const char* name);
    void split_quoted(std::string_view line);

    std::size_t at_ = 0;  // all before has been looked at
    bool found_ = false;
    long missing_ = unknown;  // words of an array
    long length_ = unknown;   // of the next of them
    std::vector<Piece> pieces_;
    std::vector<std::string_view> words_;
    std::vector<std::string> unquoted_;  // what words_ refers to, in a line with quotes

    static constexpr long unknown = -1;
};

}  // namespace yos::redis
