#include "syscalls/get_parent.h"
#include "syscalls/get_tid.h"
#include "tests/lib/actors.h"

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

Coroutine<> tell_parent(std::vector<Tid>& tids) {
    co_yield Yield{};
    tids.push_back(co_yield GetParent{});
}

Coroutine<> have_a_child(std::vector<Tid>& tids) {
    co_yield NewTask{tell_parent(tids)};
}

TEST_CASE("GetParent tells who started a task, also when that one has ended", "[syscalls]") {
    Machine machine;
    std::vector<Tid> tids;
    machine.run(do_nothing());
    machine.run(have_a_child(tids));
    CHECK(machine.record.has("2 returned 0"));
    CHECK(tids == std::vector<Tid>{2});
}

TEST_CASE("The parent of a task that the embedder spawned is the kernel", "[syscalls]") {
    Machine machine;
    std::vector<Tid> tids;
    machine.run(tell_parent(tids));
    CHECK(tids == std::vector<Tid>{kernel_tid});
}

}  // namespace
}  // namespace yos
