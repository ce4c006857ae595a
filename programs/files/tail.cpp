#include "programs/files/part.h"
#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "syscalls/file_status.h"
#include "syscalls/sleep.h"

#include <algorithm>
#include <chrono>
#include <deque>

namespace yos {
namespace {

/// Prints all but what comes before the count-th line or byte.
Coroutine<> print_from(LineBlocks& input, Fd to, Part part) {
    std::uint64_t to_skip = part.count > 0 ? part.count - 1 : 0;
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        const std::string_view rest = part.without(to_skip, block);
        to_skip -= std::min(to_skip, part.measure(block));
        co_await write_all(to, std::string(rest));
    }
}

/// Keeps no more than what is to be printed, and a block.
Coroutine<> print_last(LineBlocks& input, Fd to, Part part) {
    std::deque<std::string> kept;
    std::uint64_t amount = 0;
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        kept.emplace_back(block);
        amount += part.measure(block);
        while (amount - part.measure(kept.front()) >= part.count && kept.size() > 1) {
            amount -= part.measure(kept.front());
            kept.pop_front();
        }
    }
    for (const std::string& block : kept) {
        const std::uint64_t too_many = amount > part.count ? amount - part.count : 0;
        const std::string_view rest = part.without(too_many, block);
        amount -= std::min(too_many, part.measure(block));
        co_await write_all(to, std::string(rest));
    }
}

Coroutine<> print_tail(Fd from, Fd to, Part part, std::string title) {
    co_await write_all(to, std::move(title));
    LineBlocks input(from);
    if (part.sign == '+') {
        co_await print_from(input, to, part);
    } else {
        co_await print_last(input, to, part);
    }
}

/// Prints what is written to a file from now on, for ever. One that has become shorter is begun
/// anew.
Coroutine<> follow(Invocation invocation, std::string name, Part part, Duration every) {
    Descriptor file = co_yield Open{name};
    co_await print_tail(file, invocation.out, part, {});
    FileAttributes last = co_yield FileStatus{name};
    for (;;) {
        co_yield Sleep{every};
        const FileAttributes now = co_yield FileStatus{name};
        if (now.size < last.size) {
            co_await print(invocation.err, "tail: {}: file truncated\n", name);
            file = co_yield Open{name};
        }
        last = now;
        co_await copy(file, invocation.out);
    }
}

Coroutine<int> tail(Invocation invocation) {
    std::string lines = "10";
    std::string bytes;
    bool follows = false;
    bool quiet = false;
    Number every{.value = 1000, .least = 1, .most = 86'400'000};
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to print; - or none: the standard input");
    options.option("-n,--lines", "N", lines, "how many lines (10); +N: all from the N-th on");
    options.option("-c,--bytes", "N", bytes, "how many bytes instead");
    options.flag("-f,--follow", follows, "go on with what is written to the file (one file)");
    options.option("--every", "MS", every, "with -f: milliseconds between two looks (1000)");
    options.flag("-q,--quiet", quiet, "no titles, if there are several files");
    options.digits_mean("-n");
    options.example("tail -f -n 20 server.log");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Part part;
    part.of_bytes = !bytes.empty();
    if (const std::string& text = part.of_bytes ? bytes : lines; !part.parse(text)) {
        co_return co_await options.refuse("\"" + text + "\" is not a number");
    }
    const bool from_file = files.size() == 1 && files.front() != "-";
    if (follows && files.size() > 1) {
        co_return co_await options.refuse("-f follows one file");
    }
    if (follows && from_file) {
        const std::string& file = files.front();
        const std::error_code why = co_await failure_of(
            follow(invocation, file, part, std::chrono::milliseconds(every.value)));
        co_return co_await complain(invocation, file, why);
    }
    const Fd out = invocation.out;
    const auto print_one = [&](Fd fd, std::string title) {
        return print_tail(fd, out, part, std::move(title));
    };
    co_return co_await for_each_titled_file(invocation, files, quiet, print_one);
}

const Program program("tail", "print the last lines of files, and what comes after them", tail);

}  // namespace
}  // namespace yos
