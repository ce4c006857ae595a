#include "syscalls/kill_job.h"

#include "syscalls/get_tid.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

Coroutine<> kill_job(Tid job) {
    co_yield KillJob{job};
}

TEST_CASE("KillJob refuses a job with which its caller would end", "[syscalls]") {
    Machine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid self = co_yield GetTid{};
        co_await tell_failure(story, "member", kill_job(self));
        TaskGroup group;
        co_yield NewTask{tell_failure(story, "in a group", kill_job(self))}.leads_job().in(group);
        co_await let_the_others_run();
    };
    machine.run(main(story));
    CHECK(story ==
          Story{"member: Resource deadlock avoided", "in a group: Resource deadlock avoided"});
}

}  // namespace
}  // namespace yos
