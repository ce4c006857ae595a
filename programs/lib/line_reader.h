#pragma once

// Lines from a descriptor.

#include "syscalls/read.h"
#include "tasks/coroutine.h"

#include <optional>
#include <string>

namespace yos {

class LineReader {
public:
    /// With `one_byte_reads` nothing beyond the line is taken from the descriptor: a shell's
    /// children find the rest of its input where it stopped.
    explicit LineReader(Fd fd, bool one_byte_reads = false)
        : fd_(fd), chunk_(one_byte_reads ? 1 : 4096, '\0') {}

    /// The next line without its newline; none at the end of the file. A last line may lack the
    /// newline.
    Coroutine<std::optional<std::string>> read_line() {
        std::string line;
        for (;;) {
            const auto newline = rest_.find('\n');
            line += rest_.substr(0, newline);
            if (newline != std::string::npos) {
                rest_.erase(0, newline + 1);
                co_return line;
            }
            rest_.clear();
            const std::size_t got = co_yield Read{fd_, chunk_};
            if (got == 0) {
                co_return line.empty() ? std::nullopt : std::optional(std::move(line));
            }
            rest_.assign(chunk_, 0, got);
        }
    }

private:
    Fd fd_;
    std::string chunk_;
    std::string rest_;  // read, but not yet part of a line that was given out
};

}  // namespace yos
