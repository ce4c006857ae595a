#include "programs/shell/place.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace yos::shell {
namespace {

constexpr std::string_view special = " \t\n\"'\\$`*?[]#~;&|<>(){}!";

/// Behind these the next word is a command again.
bool begins_command(const std::string& word) {
    static const std::set<std::string> keywords = {
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "xargs", "env"};
    return keywords.contains(word) || (word.find('=') != std::string::npos && word.front() != '=');
}

bool is_name(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// Where the name of a variable begins that ends the word; npos when none does.
std::size_t variable_in(std::string_view word) {
    std::size_t begin = word.rfind('$');
    if (begin == std::string_view::npos) {
        return begin;
    }
    begin += begin + 1 < word.size() && word[begin + 1] == '{' ? 2 : 1;
    return is_name(word.substr(begin)) ? begin : std::string_view::npos;
}

/// Reads a line from the left, as the lexer would, but is content with what is not finished.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    Place run() {
        for (at_ = 0; at_ < text_.size(); ++at_) {
            step(text_[at_]);
        }
        place_.from = begun_ ? place_.from : text_.size();
        if (quoted_from_begin_ && place_.quote == '\0') {
            --place_.from;  // its quotes are replaced too
        } else if (!quoted_from_begin_) {
            place_.quote = '\0';  // quoted in part: what is put in is not
        }
        const std::size_t variable =
            place_.quote == '\'' ? std::string_view::npos : variable_in(raw());
        if (variable != std::string_view::npos) {
            place_.is_variable = true;
            place_.in_braces = raw()[variable - 1] == '{';
            place_.word = raw().substr(variable);
            place_.from += variable;
        }
        while (!place_.words.empty() && begins_command(place_.words.front())) {
            place_.words.erase(place_.words.begin());
        }
        return std::move(place_);
    }

private:
    std::string_view raw() const { return text_.substr(place_.from); }

    void step(char c) {
        if (place_.quote != '\0') {
            in_quotes(c);
        } else if (c == '\\' && at_ + 1 < text_.size()) {
            add(text_[++at_]);
        } else if (c == '"' || c == '\'') {
            place_.quote = c;
            if (!begun_) {
                begun_ = quoted_from_begin_ = true;
                place_.from = at_ + 1;
            }
        } else if (c == ' ' || c == '\t') {
            end_word();
        } else if (std::string_view("|&;()\n").find(c) != std::string_view::npos) {
            end_word();
            place_.words.clear();
            place_.is_file = false;
        } else if (c == '<' || c == '>') {
            end_word();
            place_.is_file = true;
        } else {
            add(c);
        }
    }

    void in_quotes(char c) {
        if (c == place_.quote) {
            place_.quote = '\0';
        } else if (c == '\\' && place_.quote == '"' && at_ + 1 < text_.size()) {
            place_.word += text_[++at_];
        } else {
            place_.word += c;
        }
    }

    void add(char c) {
        if (!begun_) {
            begun_ = true;
            place_.from = at_ > 0 && text_[at_ - 1] == '\\' ? at_ - 1 : at_;
        }
        place_.word += c;
    }

    void end_word() {
        if (begun_ && !place_.is_file) {
            place_.words.push_back(place_.word);
        }
        place_.is_file = place_.is_file && !begun_;
        place_.word.clear();
        begun_ = quoted_from_begin_ = false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool begun_ = false;              // a word
    bool quoted_from_begin_ = false;  // it is
    Place place_;
};

}  // namespace

Place place_in(std::string_view text) {
    return Scanner(text).run();
}

std::string typed_at(const Place& place, const std::string& word) {
    if (place.is_variable) {
        return word + (place.in_braces ? "}" : "") + (place.quote == '\0' ? " " : "");
    }
    std::string typed;
    for (const char c : word) {
        const bool needs_quote = place.quote == '\0' ? special.find(c) != std::string_view::npos
                                 : place.quote == '"'
                                     ? c == '"' || c == '$' || c == '\\' || c == '`'
                                     : false;
        typed += needs_quote ? "\\" : "";
        typed += c;
    }
    if (!word.ends_with('/')) {
        typed += place.quote != '\0' ? std::string{place.quote, ' '} : " ";
    }
    return typed;
}

}  // namespace yos::shell
