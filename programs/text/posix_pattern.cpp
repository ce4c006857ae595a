#include "programs/text/posix_pattern.h"

namespace yos {
namespace {

class Translation {
public:
    Translation(std::string_view pattern, PatternSyntax syntax)
        : rest_(pattern), basic_(syntax == PatternSyntax::basic) {}

    std::string run() {
        while (!rest_.empty()) {
            const char next = take();
            if (next == '[') {
                bracket();
            } else if (next == '\\' && !rest_.empty()) {
                escaped(take());
            } else if (basic_) {
                basic(next);
            } else {
                extended(next);
            }
        }
        return result_;
    }

private:
    static constexpr std::string_view special = "(){}|+?";

    char take() {
        const char next = rest_.front();
        rest_.remove_prefix(1);
        return next;
    }

    static bool contains(std::string_view set, char byte) {
        return set.find(byte) != std::string_view::npos;
    }

    /// Where an expression begins, * and ^ mean something else than elsewhere.
    bool at_beginning() const {
        const bool escaped = result_.size() > 1 && result_[result_.size() - 2] == '\\';
        return result_.empty() || (contains("(|", result_.back()) && !escaped);
    }

    bool at_end() const {
        return rest_.empty() || rest_.starts_with("\\)") || rest_.starts_with("\\|");
    }

    void literally(char byte) {
        result_ += '\\';
        result_ += byte;
    }

    void basic(char next) {
        const bool literal = contains(special, next) ||
                             (next == '*' && (at_beginning() || result_ == "^")) ||
                             (next == '^' && !at_beginning()) || (next == '$' && !at_end());
        literal ? literally(next) : result_.push_back(next);
    }

    /// A { that does not begin a count of repetitions stands for itself.
    void extended(char next) {
        const bool literal = next == '{' && (rest_.empty() || !contains("0123456789,", rest_[0]));
        literal || (next == '*' && at_beginning()) ? literally(next) : result_.push_back(next);
    }

    void escaped(char next) {
        if (contains("<>", next)) {
            result_ += "\\b";
        } else if (basic_ && contains(special, next)) {
            result_ += next;
        } else {
            literally(next);
        }
    }

    /// [abc], in which \ is nothing special and ] may come first.
    void bracket() {
        result_ += '[';
        if (rest_.starts_with('^')) {
            result_ += take();
        }
        for (bool first = true; !rest_.empty(); first = false) {
            const char next = take();
            if (next == '[' && rest_.starts_with(':')) {
                const auto end = rest_.find(":]");
                const std::size_t size = end == std::string_view::npos ? 0 : end + 2;
                result_ += next;
                result_ += rest_.substr(0, size);
                rest_.remove_prefix(size);
            } else if (next == ']' && !first) {
                result_ += ']';
                return;
            } else if (contains("\\[]", next)) {
                literally(next);
            } else {
                result_ += next;
            }
        }
    }

    std::string_view rest_;
    bool basic_;
    std::string result_;
};

}  // namespace

std::string modern_pattern(std::string_view pattern, PatternSyntax syntax) {
    return Translation(pattern, syntax).run();
}

}  // namespace yos
