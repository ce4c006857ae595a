#include "programs/lib/files.h"
#include "programs/lib/options.h"

#include <algorithm>
#include <cctype>

namespace yos {
namespace {

struct How {
    bool count = false;
    bool repeated = false;
    bool unique = false;
    bool ignore_case = false;

    bool same(std::string_view a, std::string_view b) const {
        return ignore_case ? std::equal(a.begin(),
                                        a.end(),
                                        b.begin(),
                                        b.end(),
                                        [](unsigned char x, unsigned char y) {
                                            return std::tolower(x) == std::tolower(y);
                                        })
                           : a == b;
    }
};

/// What uniq prints of `times` equal lines in a row.
std::string printed(const How& how, const std::string& line, std::uint64_t times) {
    const bool wanted = times > 1 ? !how.unique : times == 1 && !how.repeated;
    if (!wanted) {
        return {};
    }
    return how.count ? fmt::format("{:>7} {}\n", times, line) : line + "\n";
}

Coroutine<> filter(Fd in, Fd out, How how) {
    LineBlocks input(in);
    std::string before;
    std::uint64_t times = 0;
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        std::string text;
        while (!block.empty()) {
            const std::string_view line = take_line(block);
            if (times == 0 || !how.same(line, before)) {
                text += printed(how, before, times);
                before = line;
                times = 0;
            }
            ++times;
        }
        co_await write_all(out, std::move(text));
    }
    co_await write_all(out, printed(how, before, times));
}

Coroutine<int> uniq(Invocation invocation) {
    How how;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to read; - or none: the standard input");
    options.flag("-c,--count", how.count, "say how many there were of each line");
    options.flag("-d,--repeated", how.repeated, "only lines that were repeated");
    options.flag("-u,--unique", how.unique, "only lines that were not");
    options.flag("-i,--ignore-case", how.ignore_case, "A and a are the same");
    options.example("sort names | uniq -c | sort -rn");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (files.size() > 1) {
        co_return co_await options.refuse("one file at most");
    }
    const Fd out = invocation.out;
    co_return co_await for_each_file(invocation, files, [&](Fd fd, const std::string& /*name*/) {
        return filter(fd, out, how);
    });
}

const Program program("uniq", "print lines that follow each other just once", uniq);

}  // namespace
}  // namespace yos
