#include "programs/shell/fields.h"

namespace yos::shell {

void Fields::add_split(std::string_view text) {
    bool blank_before = false;  // which a separator that is no blank may follow
    for (const char c : text) {
        if (!separates(c)) {
            // A \ that came out of a variable is no escape.
            field_ += c == '\\' ? std::string("\\\\") : std::string(1, c);
            begun_ = true;
            blank_before = false;
        } else if (is_blank(c)) {
            blank_before = blank_before || begun_;
            end_field();
        } else if (blank_before) {
            blank_before = false;
        } else {
            begun_ = true;
            end_field();
        }
    }
}

void Fields::end_field() {
    if (begun_) {
        ended_.push_back(std::exchange(field_, {}));
        begun_ = false;
    }
}

std::vector<std::string> Fields::take() {
    end_field();
    return std::exchange(ended_, {});
}

}  // namespace yos::shell
