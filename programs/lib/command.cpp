#include "programs/lib/command.h"

#include "programs/lib/print.h"

namespace yos {

Coroutine<int> run_command(Invocation invocation, std::vector<std::string> words) {
    constexpr int not_found = 127;
    const std::string asked = words.front();
    const ProgramRef program = co_await find_program(asked);
    if (!program) {
        co_await print(
            invocation.err, "{}: no program \"{}\"\n", invocation.program->name(), asked);
        co_return not_found;
    }
    words.erase(words.begin());
    invocation.program = program;
    invocation.words = std::move(words);
    co_return co_await Program::run(std::move(invocation));
}

}  // namespace yos
