#include "programs/lib/print.h"
#include "programs/lib/program.h"

namespace yos {
namespace {

Coroutine<int> echo(Invocation invocation) {
    const bool newline = invocation.words.empty() || invocation.words.front() != "-n";
    std::string line;
    for (std::size_t i = newline ? 0 : 1; i < invocation.words.size(); ++i) {
        line += (line.empty() ? "" : " ") + invocation.words[i];
    }
    co_await print(invocation.out, "{}{}", line, newline ? "\n" : "");
    co_return 0;
}

const Program program("echo", "print the words; -n: without a newline at the end", echo);

}  // namespace
}  // namespace yos
