#include "programs/lib/files.h"
#include "programs/lib/options.h"

#include <optional>

namespace yos {
namespace {

struct Amount {
    std::int64_t count;
    bool of_bytes;
};

/// The part of `block` that is within `left`, from which it is taken.
std::string_view take(Amount& left, std::string_view block) {
    std::size_t size = 0;
    if (left.of_bytes) {
        size = std::min<std::size_t>(block.size(), static_cast<std::size_t>(left.count));
        left.count -= static_cast<std::int64_t>(size);
    } else {
        while (left.count > 0 && size < block.size()) {
            const auto newline = block.find('\n', size);
            const bool whole_line = newline != std::string_view::npos;
            size = whole_line ? newline + 1 : block.size();
            left.count -= whole_line ? 1 : 0;
        }
    }
    return block.substr(0, size);
}

Coroutine<> print_head(Fd from, Fd to, Amount left, std::string title) {
    co_await write_all(to, std::move(title));
    std::string buffer(block_size, '\0');
    while (left.count > 0) {
        const std::size_t got = co_yield Read{from, buffer};
        if (got == 0) {
            co_return;
        }
        const std::string_view taken = take(left, std::string_view(buffer).substr(0, got));
        co_await write_all(to, std::string(taken));
    }
}

Coroutine<int> head(Invocation invocation) {
    Number lines{.value = 10};
    Number bytes{.value = -1};
    bool quiet = false;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to print; - or none: the standard input");
    options.option("-n,--lines", "N", lines, "how many lines (10); -N for short");
    options.option("-c,--bytes", "N", bytes, "how many bytes instead");
    options.flag("-q,--quiet", quiet, "no titles, if there are several files");
    options.digits_mean("-n");
    options.example("head -5 README.md");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Amount amount = bytes.value >= 0 ? Amount{bytes.value, true} : Amount{lines.value, false};
    const Fd out = invocation.out;
    const auto print_one = [&](Fd fd, std::string title) {
        return print_head(fd, out, amount, std::move(title));
    };
    co_return co_await for_each_titled_file(invocation, files, quiet, print_one);
}

const Program program("head", "print the first lines of files", head);

}  // namespace
}  // namespace yos
