#include "syscalls/get_parent.h"
#include "syscalls/get_tid.h"
#include "syscalls/new_task.h"
#include "tests/machine.h"

namespace yos {
namespace {

Coroutine<> tell_tid(std::vector<Tid>& tids) {
    tids.push_back(co_yield GetTid{});
}

Coroutine<> spawn_twice(std::vector<Tid>& tids) {
    tids.push_back(co_yield GetTid{});
    co_yield NewTask{tell_tid(tids)};
    co_yield NewTask{tell_tid(tids)};
}

TEST_CASE("GetTid counts tasks from 1", "[syscalls]") {
    Machine machine;
    std::vector<Tid> tids;
    CHECK(machine.run(spawn_twice(tids)) == Ending::finished);
    CHECK(tids == std::vector<Tid>{1, 2, 3});
}

TEST_CASE("tids are never reused", "[syscalls]") {
    Machine machine;
    std::vector<Tid> tids;
    machine.run(tell_tid(tids));
    machine.run(tell_tid(tids));
    CHECK(tids == std::vector<Tid>{1, 2});
}

}  // namespace
}  // namespace yos
