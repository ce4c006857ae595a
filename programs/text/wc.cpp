#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "syscalls/file_status.h"
#include "syscalls/tried.h"

#include <algorithm>

namespace yos {
namespace {

struct Counts {
    std::uint64_t lines = 0;
    std::uint64_t words = 0;
    std::uint64_t characters = 0;
    std::uint64_t bytes = 0;

    Counts& operator+=(const Counts& more) {
        lines += more.lines;
        words += more.words;
        characters += more.characters;
        bytes += more.bytes;
        return *this;
    }
};

/// What is asked for.
struct Columns {
    bool lines = false;
    bool words = false;
    bool characters = false;
    bool bytes = false;
    int width = 1;

    int count() const { return lines + words + characters + bytes; }
};

bool is_space(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/// Counts only what is asked for.
Coroutine<> count(Fd fd, Columns columns, Counts& counts) {
    std::string buffer(block_size, '\0');
    bool in_word = false;
    while (const std::size_t got = co_yield Read{fd, buffer}) {
        const std::string_view block(buffer.data(), got);
        counts.bytes += got;
        if (columns.lines) {
            counts.lines +=
                static_cast<std::uint64_t>(std::count(block.begin(), block.end(), '\n'));
        }
        for (std::size_t i = 0; columns.words && i < got; ++i) {
            const bool begins = !in_word && !is_space(block[i]);
            counts.words += begins ? 1 : 0;
            in_word = !is_space(block[i]);
        }
        if (columns.characters) {  // in UTF-8, all bytes but those that go on with one
            counts.characters += static_cast<std::uint64_t>(std::count_if(
                block.begin(), block.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
        }
    }
}

std::string row(const Counts& counts, const Columns& columns, const std::string* name) {
    std::string text;
    const auto add = [&](bool wanted, std::uint64_t number) {
        if (wanted) {
            text += fmt::format("{}{:>{}}", text.empty() ? "" : " ", number, columns.width);
        }
    };
    add(columns.lines, counts.lines);
    add(columns.words, counts.words);
    add(columns.characters, counts.characters);
    add(columns.bytes, counts.bytes);
    return text + (name == nullptr ? "" : " " + *name) + "\n";
}

/// As wide as the sum of the files' sizes; 7 where that is not known beforehand.
Coroutine<int> width_for(std::vector<std::string> files) {
    std::uint64_t total = 0;
    int least = 1;
    for (const std::string& file : files) {
        if (file == "-") {
            least = 7;
            continue;
        }
        const auto about = co_yield Tried{FileStatus{file}};
        if (about) {  // or else it will be complained of
            total += about->kind == FileKind::regular ? about->size : 0;
            least = about->kind == FileKind::regular ? least : 7;
        }
    }
    co_return std::max(least, static_cast<int>(std::to_string(total).size()));
}

Coroutine<int> wc(Invocation invocation) {
    Columns columns;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to count in; - or none: the standard input");
    options.flag("-l,--lines", columns.lines, "count lines");
    options.flag("-w,--words", columns.words, "count words");
    options.flag("-m,--chars", columns.characters, "count characters, of UTF-8");
    options.flag("-c,--bytes", columns.bytes, "count bytes");
    options.example("ls | wc -l");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (columns.count() == 0) {
        columns.lines = columns.words = columns.bytes = true;
    }
    if (files.empty()) {
        columns.width = columns.count() > 1 ? 7 : 1;
    } else if (files.size() > 1 || columns.count() > 1) {
        columns.width = co_await width_for(files);
    }
    Counts total;
    int status = 0;
    std::vector<std::string> inputs = files;
    if (inputs.empty()) {
        inputs.emplace_back("-");
    }
    for (const std::string& file : inputs) {
        Counts counts;
        const std::vector<std::string> one{file};
        const auto count_one = [&](Fd fd, const std::string& /*name*/) {
            return count(fd, columns, counts);
        };
        const int failed = co_await for_each_file(invocation, one, count_one);
        status |= failed;
        total += counts;
        if (failed == 0) {
            const std::string* const name = files.empty() ? nullptr : &file;
            co_await write_all(invocation.out, row(counts, columns, name));
        }
    }
    if (files.size() > 1) {
        const std::string name = "total";
        co_await write_all(invocation.out, row(total, columns, &name));
    }
    co_return status;
}

const Program program("wc", "count lines, words and bytes", wc);

}  // namespace
}  // namespace yos
