#pragma once

// Text from a descriptor in bulk: for programs that go through millions of lines, of which each is
// no more than a view of what a large Read has brought.

#include "syscalls/read.h"
#include "tasks/coroutine.h"

#include <string>
#include <string_view>

namespace yos {

/// What is read or written at once, when there is much of it: bytes.
inline constexpr std::size_t block_size = 65'536;

class LineBlocks {
public:
    explicit LineBlocks(Fd fd) : fd_(fd) {}

    /// The next whole lines, with their newlines, as many as have come; of the last line of all,
    /// the newline may be missing. Empty at the end of the file. Good until the next call.
    Coroutine<std::string_view> next() {
        buffer_.erase(0, given_);
        for (;;) {
            const std::size_t before = buffer_.size();
            buffer_.resize(before + block_size);
            const std::size_t got = co_yield Read{fd_, std::span<char>(buffer_).subspan(before)};
            buffer_.resize(before + got);
            const auto newline = std::string_view(buffer_).substr(before).rfind('\n');
            if (got == 0 || newline != std::string_view::npos) {
                given_ = got == 0 ? before : before + newline + 1;
                co_return std::string_view(buffer_).substr(0, given_);
            }
        }
    }

private:
    Fd fd_;
    std::string buffer_;
    std::size_t given_ = 0;  // bytes of it that the caller has had
};

/// Takes the first line from `block`, without its newline; nothing, if there is none.
inline std::string_view take_line(std::string_view& block) {
    const auto newline = block.find('\n');
    const std::string_view line = block.substr(0, newline);
    block.remove_prefix(newline == std::string_view::npos ? block.size() : newline + 1);
    return line;
}

}  // namespace yos
