#include "syscalls/set_foreground.h"

#include "tests/actors.h"

namespace yos {
namespace {

Coroutine<> change_foreground(std::vector<Tid>& before) {
    before.push_back(co_yield SetForeground{5});
    before.push_back(co_yield SetForeground{6});
}

TEST_CASE("SetForeground gives the job that was in the foreground before", "[syscalls]") {
    Machine machine;
    machine.kernel().set_foreground(4);
    std::vector<Tid> before;
    machine.run(change_foreground(before));
    CHECK(before == std::vector<Tid>{4, 5});
    CHECK(machine.kernel().foreground() == 6);
}

}  // namespace
}  // namespace yos
