#pragma once

// Finds in headers what has a page in the manual, and all that its header says of it:
//
//   - a class that derives from SystemCall<...> or AnySystemCall, or from another such class;
//   - a free function that returns a Coroutine<...>: a subroutine over system calls.
//
// This is no compiler: it knows brackets, comments and the shape of declarations, and that is
// enough for headers of system calls.

#include <string>
#include <string_view>
#include <vector>

namespace yos::manual {

/// A paragraph of a comment that is indented by four spaces is code, and keeps its lines.
inline bool is_code(std::string_view paragraph) {
    return paragraph.starts_with("    ");
}

/// One way to write a call: one of its constructors, or of the overloads of a subroutine.
struct Form {
    std::string template_line;  ///< `template <class T>`; empty when it is no template
    std::string parameters;     ///< as declared: `Fd fd, std::span<char> buffer`
    std::string result;         ///< what it evaluates to; empty for nothing
};

/// A member function that changes a call before it is yielded, as in NewTask{...}.joinable().
struct Modifier {
    std::string call;     ///< `joinable()`
    std::string comment;  ///< may be empty
};

/// What a page is about.
struct Subject {
    enum class Kind { system_call, subroutine };

    Kind kind;
    std::string name;
    std::string header;   ///< path as given
    unsigned line = 0;    ///< from 1
    std::string comment;  ///< an empty line between two paragraphs; lines only in code
    std::vector<Form> forms = {};
    std::vector<Modifier> modifiers = {};
};

struct Header {
    std::string path;
    std::string text;
};

/// Everything that has a page, in the order of the headers. Throws HeaderError that names file and
/// line: for a subject without a comment, for one that was there before, and for brackets that do
/// not match.
std::vector<Subject> subjects_of(const std::vector<Header>& headers);

}  // namespace yos::manual
