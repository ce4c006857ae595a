#pragma once

namespace yos {

/// In characters.
struct TerminalSize {
    unsigned rows = 0;
    unsigned columns = 0;
};

}  // namespace yos
