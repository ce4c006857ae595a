#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "programs/text/sort_order.h"
#include "syscalls/in_thread.h"

#include <algorithm>
#include <memory>

namespace yos {
namespace {

/// All that is to be sorted: it must be held in memory.
struct Text {
    struct Line {
        std::uint64_t rank;
        std::string_view text;
    };

    void split(const SortOrder& order) {
        for (std::string_view rest = bytes; !rest.empty();) {
            const std::string_view line = take_line(rest);
            lines.push_back({order.rank(line), line});
        }
    }

    /// In the order of coreutils: lines that are equal by the keys are put in order by their bytes,
    /// unless only one of them is wanted: then the first to come.
    void sort(const SortOrder& order, bool unique) {
        const auto compare = [&](const Line& a, const Line& b) {
            return a.rank != b.rank ? (a.rank < b.rank ? -1 : 1) : order.compare(a.text, b.text);
        };
        if (!unique) {
            std::sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
                const int by_keys = compare(a, b);
                return by_keys != 0       ? by_keys < 0
                       : order.reversed() ? b.text < a.text
                                          : a.text < b.text;
            });
            return;
        }
        std::sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
            const int by_keys = compare(a, b);
            return by_keys != 0 ? by_keys < 0 : a.text.data() < b.text.data();
        });
        const auto same = [&](const Line& a, const Line& b) { return compare(a, b) == 0; };
        lines.erase(std::unique(lines.begin(), lines.end(), same), lines.end());
    }

    std::string bytes;
    std::vector<Line> lines;
};

Coroutine<> collect(Fd fd, std::string& bytes) {
    std::string buffer(block_size, '\0');
    while (const std::size_t got = co_yield Read{fd, buffer}) {
        bytes.append(buffer, 0, got);
    }
    if (!bytes.empty() && bytes.back() != '\n') {
        bytes += '\n';
    }
}

Coroutine<int> sort(Invocation invocation) {
    SortOrder::Flags flags;
    bool unique = false;
    std::string separator;
    std::vector<std::string> keys;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to sort; - or none: the standard input");
    options.flag("-n,--numeric-sort", flags.numeric, "by the number at the beginning");
    options.flag("-h,--human-numeric-sort", flags.human, "likewise, but 2K comes before 1M");
    options.flag("-f,--ignore-case", flags.fold, "A and a are the same");
    options.flag("-b,--ignore-leading-blanks", flags.skip_blanks, "blanks before it do not count");
    options.flag("-r,--reverse", flags.reverse, "backwards");
    options.flag("-u,--unique", unique, "one of each only");
    options.option(
        "-t,--field-separator", "CHAR", separator, "what fields end with (blanks begin)");
    options.option("-k,--key", "KEY", keys, "by fields, as in 2,3nr; several: one after the other");
    options.example("sort -t : -k 3,3n /etc/passwd");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (separator.size() > 1) {
        co_return co_await options.refuse("a separator is one character: \"" + separator + "\"");
    }
    SortOrder order(flags, separator.empty() ? '\0' : separator.front());
    for (const std::string& key : keys) {
        if (!order.add_key(key)) {
            co_return co_await options.refuse("\"" + key +
                                              "\" is no key like 2 or 2,3nr or 1.3,1.5");
        }
    }
    const auto text = std::make_shared<Text>();
    const int status =
        co_await for_each_file(invocation, files, [&](Fd fd, const std::string& /*name*/) {
            return collect(fd, text->bytes);
        });
    // On a thread, which may outlive this task, while the others go on.
    const auto work = [text, order, unique] {
        text->split(order);
        text->sort(order, unique);
    };
    co_yield InThread{work};
    std::string block;
    for (const Text::Line& line : text->lines) {
        block += line.text;
        block += '\n';
        if (block.size() >= block_size) {
            co_await write_all(invocation.out, std::exchange(block, {}));
        }
    }
    co_await write_all(invocation.out, std::move(block));
    co_return status;
}

const Program program("sort", "put lines in order", sort);

}  // namespace
}  // namespace yos
