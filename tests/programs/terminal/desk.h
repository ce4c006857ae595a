#pragma once

#include "tests/lib/temporary_directory.h"

#include <cstdlib>
#include <filesystem>

namespace yos {

/// A place of its own for a session: a history, and files to complete.
class Desk {
public:
    Desk() {
        ::setenv("YOS_HISTORY", (directory.path() / "history").c_str(), 1);
        ::setenv("XDG_RUNTIME_DIR", directory.path().c_str(), 1);
        ::setenv("TERM", "xterm", 1);
        ::setenv("LC_ALL", "C.UTF-8", 1);
        write_to("alpha", "");
        write_to("alpine", "");
        write_to("a b", "");
        std::filesystem::create_directory("hills");
    }

    TemporaryDirectory directory;
};

}  // namespace yos
