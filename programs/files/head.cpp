#include "programs/files/part.h"
#include "programs/lib/files.h"
#include "programs/lib/options.h"

#include <algorithm>
#include <deque>

namespace yos {
namespace {

/// What `part` still lacks of a file's beginning, taken from `block`.
std::string_view take(Part& left, std::string_view block) {
    const std::string_view rest = left.without(left.count, block);
    const std::string_view taken = block.substr(0, block.size() - rest.size());
    const auto newlines = std::count(taken.begin(), taken.end(), '\n');
    left.count -= left.of_bytes ? taken.size() : static_cast<std::uint64_t>(newlines);
    return taken;
}

/// As it comes, not in whole lines: nobody waits for more than what is asked for.
Coroutine<> print_first(Fd from, Fd to, Part left) {
    std::string buffer(block_size, '\0');
    while (left.count > 0) {
        const std::size_t got = co_yield Read{from, buffer};
        if (got == 0) {
            co_return;
        }
        co_await write_all(to, std::string(take(left, std::string_view(buffer).substr(0, got))));
    }
}

/// Keeps no more than what may still turn out to be the last of it, and a block.
Coroutine<> print_all_but_last(Fd from, Fd to, Part last) {
    LineBlocks input(from);
    std::deque<std::string> kept;
    std::uint64_t amount = 0;
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        kept.emplace_back(block);
        amount += last.measure(block);
        while (amount - last.measure(kept.front()) >= last.count && kept.size() > 1) {
            amount -= last.measure(kept.front());
            co_await write_all(to, std::move(kept.front()));
            kept.pop_front();
        }
    }
    for (const std::string& block : kept) {
        const std::uint64_t enough = amount > last.count ? amount - last.count : 0;
        const std::string_view rest = last.without(enough, block);
        amount -= std::min(amount, last.measure(block));
        co_await write_all(to, block.substr(0, block.size() - rest.size()));
    }
}

Coroutine<> print_head(Fd from, Fd to, Part part, std::string title) {
    co_await write_all(to, std::move(title));
    if (part.sign == '-') {
        co_await print_all_but_last(from, to, part);
    } else {
        co_await print_first(from, to, part);
    }
}

Coroutine<int> head(Invocation invocation) {
    std::string lines = "10";
    const std::string not_given(1, '\0');
    std::string bytes = not_given;
    bool quiet = false;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to print; - or none: the standard input");
    options.option("-n,--lines", "N", lines, "how many lines (10); -n -N: all but the last N");
    options.option("-c,--bytes", "N", bytes, "how many bytes instead");
    options.flag("-q,--quiet", quiet, "no titles, if there are several files");
    options.digits_mean("-n");
    options.example("head -5 README.md");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Part part;
    part.of_bytes = bytes != not_given;
    if (const std::string& text = part.of_bytes ? bytes : lines; !part.parse(text)) {
        co_return co_await options.refuse("\"" + text + "\" is not a number");
    }
    const Fd out = invocation.out;
    const auto print_one = [&](Fd fd, std::string title) {
        return print_head(fd, out, part, std::move(title));
    };
    co_return co_await for_each_titled_file(invocation, files, quiet, print_one);
}

const Program program("head", "print the first lines of files", head);

}  // namespace
}  // namespace yos
