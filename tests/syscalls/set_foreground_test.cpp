#include "syscalls/set_foreground.h"

#include "syscalls/open_terminal.h"
#include "syscalls/pipe.h"

#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> change_foreground(std::vector<Tid>& before) {
    const PipeEnds no_terminal = co_yield Pipe{};
    before.push_back(co_yield SetForeground{no_terminal.reader, 5});
    before.push_back(co_yield SetForeground{no_terminal.reader, 6});
    const TerminalEnds ends = co_yield OpenTerminal{};
    before.push_back(co_yield SetForeground{ends.terminal, 7});
    before.push_back(co_yield SetForeground{ends.terminal, 8});
}

TEST_CASE("SetForeground gives the job that was in the foreground before", "[syscalls]") {
    Machine machine;
    machine.kernel().set_foreground({.job = 4});
    std::vector<Tid> before;
    machine.run(change_foreground(before));
    CHECK(before == std::vector<Tid>{4, 5, 0, 7});
    CHECK(machine.kernel().foreground().job == 6);
}

}  // namespace
}  // namespace yos
