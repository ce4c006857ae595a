#include "programs/lib/files.h"
#include "programs/lib/options.h"

namespace yos {
namespace {

Coroutine<> copy_numbered(Fd from, Fd to, std::size_t& number) {
    LineBlocks input(from);
    for (std::string_view block = co_await input.next(); !block.empty();
         block = co_await input.next()) {
        std::string text;
        while (!block.empty()) {
            const bool ended = block.find('\n') != std::string_view::npos;
            text += fmt::format("{:>6}\t{}{}", ++number, take_line(block), ended ? "\n" : "");
        }
        co_await write_all(to, std::move(text));
    }
}

Coroutine<int> cat(Invocation invocation) {
    bool numbered = false;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "what to print; - or none: the standard input");
    options.flag("-n,--number", numbered, "number the lines");
    options.example("cat header.txt - footer.txt");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::size_t number = 0;
    const Fd out = invocation.out;
    const auto print_file = [&](Fd fd, const std::string& /*name*/) {
        return numbered ? copy_numbered(fd, out, number) : copy(fd, out);
    };
    co_return co_await for_each_file(invocation, files, print_file);
}

const Program program("cat", "print files, one after the other", cat);

}  // namespace
}  // namespace yos
