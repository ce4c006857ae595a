#include "syscalls/cancel_job.h"

#include "syscalls/get_tid.h"
#include "tests/lib/actors.h"

namespace yos {
namespace {

TEST_CASE("CancelJob cancels its caller, too, at the next call", "[syscalls]") {
    Machine machine;
    Story story;
    const auto main = [](Story& story) -> Coroutine<> {
        const Tid self = co_yield GetTid{};
        const std::size_t cancelled = co_yield CancelJob{self, "all of us"};
        story.push_back(std::to_string(cancelled));
        co_yield Yield{};
        story.emplace_back("not reached");
    };
    machine.run(tell_failure(story, "main", main(story)));
    CHECK(story == Story{"1", "main: cancelled by 1: all of us"});
}

}  // namespace
}  // namespace yos
