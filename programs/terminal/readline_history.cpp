#ifdef YOS_READLINE

#include "programs/terminal/readline_history.h"

#include <readline/history.h>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace yos::terminal {
namespace {

constexpr int most_lines = 10'000;

}  // namespace

ReadlineHistory::ReadlineHistory(std::string path) : path_(std::move(path)) {
    using_history();
    stifle_history(most_lines);
    if (!path_.empty()) {
        ::close(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        history_truncate_file(path_.c_str(), most_lines);
        read_history(path_.c_str());
    }
}

void ReadlineHistory::remember(const char* line) {
    const HIST_ENTRY* last = history_get(history_base + history_length - 1);
    const bool again = last != nullptr && std::strcmp(last->line, line) == 0;
    if (again || std::strspn(line, " \t") == std::strlen(line)) {
        return;
    }
    add_history(line);
    if (!path_.empty()) {
        append_history(1, path_.c_str());
    }
}

}  // namespace yos::terminal

#endif
