#include "syscalls/set_foreground.h"

#include "syscalls/open_terminal.h"
#include "syscalls/pipe.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> change_foreground(std::vector<Tid>& before) {
    const TerminalEnds ends = co_yield OpenTerminal{};
    before.push_back(co_yield SetForeground{ends.terminal, 7});
    before.push_back(co_yield SetForeground{ends.terminal, 8});
}

TEST_CASE("SetForeground gives the job that was in the foreground before", "[syscalls]") {
    Machine machine;
    std::vector<Tid> before;
    machine.run(change_foreground(before));
    CHECK(before == std::vector<Tid>{0, 7});
}

TEST_CASE("SetForeground refuses what is no terminal, and changes no other's", "[syscalls]") {
    Machine machine;
    Foreground& of_host = *machine.kernel().world().terminal;
    of_host.give_to(4);
    Story story;
    const auto main = []() -> Coroutine<> {
        const PipeEnds no_terminal = co_yield Pipe{};
        co_yield SetForeground{no_terminal.reader, 5};
    };
    machine.run(tell_failure(story, "main", main()));
    CHECK(story == Story{"main: Inappropriate ioctl for device"});
    CHECK(of_host.job() == 4);
}

}  // namespace
}  // namespace yos
