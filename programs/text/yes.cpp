#include "programs/lib/line_blocks.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"

namespace yos {
namespace {

Coroutine<int> yes(Invocation invocation) {
    std::vector<std::string> words;
    Options options(invocation);
    options.rest("WORD", words, "what to say instead of y");
    options.example("yes | head -3");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string line = words.empty() ? "y" : joined(words, " ");
    line += '\n';
    std::string block = line;
    while (block.size() + line.size() <= block_size) {
        block += line;
    }
    for (;;) {
        co_await write_all(invocation.out, block);
    }
}

const Program program("yes", "say y, or something else, until somebody stops it", yes);

}  // namespace
}  // namespace yos
