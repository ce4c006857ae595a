#pragma once

namespace yos {

/// How large a terminal is, in characters; 0 by 0 where nobody knows.
struct TerminalSize {
    unsigned rows = 0;
    unsigned columns = 0;
};

}  // namespace yos
