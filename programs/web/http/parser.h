#pragma once

// Understands the bytes of HTTP/1 messages, one message after the other. The grammar is the
// business of Boost.Beast's parser, which is known in parser.cpp alone (its headers take seconds to
// compile); here are the limits, what Beast is more generous with than a server should be, and
// which status a bad message deserves.

#include "programs/web/http/message.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace yos::http {

/// In bytes.
struct Limits {
    std::size_t target = 8'192;
    std::size_t head =
        16'384;  ///< also of a chunk's first line, and of what follows the last chunk
    std::uint64_t body = 16 * 1'024 * 1'024;
};

class Parser {
public:
    enum class Kind { request, response };

    Parser(Kind kind, Limits limits);
    Parser(Parser&&) noexcept;
    Parser& operator=(Parser&&) noexcept;
    ~Parser();

    /// Begins with the next message. A response to HEAD comes without the body it tells of.
    void start(bool answers_head = false);

    /// Takes bytes off the front of `bytes`; of the body, not more than there are. False when it
    /// needs more of them first, the rest being the beginning of something. Throws Refusal.
    bool take(std::string_view& bytes);

    /// No more will come. Throws Refusal if the message was not over.
    void end_of_input();

    bool has_begun() const;  ///< some of it was taken
    bool has_head() const;
    bool is_done() const;

    /// What has come of it: from has_head() on all, and of what is refused perhaps the first line.
    const Head& head() const;

    /// What has come of the body, without chunks' sizes; whoever uses it may empty it.
    std::string& body();

private:
    class Beast;
    template <bool is_request>
    class BeastOf;

    std::unique_ptr<Beast> beast_;
};

}  // namespace yos::http
