#pragma once

// The fields that a word is expanded to. Text that came out of an unquoted $ is split at blanks;
// what was quoted is not, and stands for itself where a field is a pattern. Fields are kept as
// patterns, so that this is not forgotten.

#include "programs/lib/pattern.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yos::shell {

class Fields {
public:
    /// `separators` is the value of IFS.
    explicit Fields(std::string separators) : separators_(std::move(separators)) {}

    /// What was quoted: it makes a field, even when it is empty.
    void add_quoted(std::string_view text) {
        field_ += escaped(text);
        begun_ = true;
    }

    /// What was written without quotes; `pattern` may have wildcards.
    void add_literal(std::string_view pattern) {
        field_ += pattern;
        begun_ = begun_ || !pattern.empty();
    }

    /// What came out of an unquoted $. Blanks among the separators count as one, and not at all at
    /// the ends; each other separator ends a field.
    void add_split(std::string_view text);

    /// The field before ends here, if one has begun.
    void end_field();

    /// All of them, as patterns.
    std::vector<std::string> take();

private:
    bool separates(char c) const { return separators_.find(c) != std::string::npos; }
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

    std::string separators_;
    std::string field_;
    bool begun_ = false;
    std::vector<std::string> ended_;
};

}  // namespace yos::shell
