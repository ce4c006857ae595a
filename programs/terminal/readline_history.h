#pragma once

// The commands that readline finds again: those of this session, and in a file, those of others.

#include <string>

namespace yos::terminal {

class ReadlineHistory {
public:
    /// `path`: of the file on the host, which is made if it is not there; empty for none.
    explicit ReadlineHistory(std::string path);

    /// Unless it is blank, or what the last one was.
    void remember(const char* line);

private:
    std::string path_;
};

}  // namespace yos::terminal
