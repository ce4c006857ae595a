#include "programs/terminal/offered_words.h"

#include <algorithm>

namespace yos::terminal {

std::string common_beginning(const std::vector<std::string>& words) {
    std::string common = words.empty() ? std::string() : words.front();
    for (const std::string& word : words) {
        const auto end = std::mismatch(common.begin(), common.end(), word.begin(), word.end());
        common.erase(end.first, common.end());
    }
    return common;
}

std::string name_in_list(const std::string& word) {
    std::string name;
    const std::size_t blank = word.ends_with(' ') ? word.size() - 1 : word.size();
    for (std::size_t i = 0; i < blank; ++i) {
        const bool closing_quote = i + 1 == blank && (word[i] == '\'' || word[i] == '"');
        const bool escapes = word[i] == '\\' && i + 1 < blank;
        if (!closing_quote) {
            name += escapes ? word[++i] : word[i];
        }
    }
    const std::size_t end = name.find_last_not_of('/');
    const std::size_t slash = end == std::string::npos ? end : name.rfind('/', end);
    return name.substr(slash == std::string::npos ? 0 : slash + 1);
}

}  // namespace yos::terminal
