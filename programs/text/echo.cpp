#include "programs/lib/print.h"
#include "programs/lib/program.h"

namespace yos {
namespace {

Coroutine<int> echo(Invocation invocation) {
    std::vector<std::string>& words = invocation.words;
    const bool newline = words.empty() || words.front() != "-n";
    if (!newline) {
        words.erase(words.begin());
    }
    co_await print(invocation.out, "{}{}", joined(words, " "), newline ? "\n" : "");
    co_return 0;
}

const Program program("echo", "print the words; -n: without a newline at the end", echo);

}  // namespace
}  // namespace yos
