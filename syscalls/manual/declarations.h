#pragma once

// The declarations of a scope: of a file, a namespace or a class.

#include "syscalls/manual/tokens.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yos::manual {

using Tokens = std::span<const Token>;

struct Declaration {
    std::string comment;      ///< its /// lines; see Subject
    std::vector<Token> head;  ///< all before the body, or before the semicolon
    Tokens body;              ///< between its last braces; empty where there are none

    unsigned line() const { return head.front().line; }
    bool begins_with(std::string_view word) const { return head.front().is(word); }
};

/// An access specifier is a declaration here: its head is `public`. Throws HeaderError where a
/// bracket has no end.
std::vector<Declaration> declarations_in(Tokens scope, std::string_view file);

/// The tokens as their author wrote them, with one space where there was any.
std::string spelled(Tokens tokens);

/// The place behind the bracket that closes the one at `opening`, which is (, <, [ or {;
/// 0 when none does.
std::size_t behind_bracket(Tokens tokens, std::size_t opening);

}  // namespace yos::manual
