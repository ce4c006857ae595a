#include "tasks/wait_queue.h"

#include "tests/lib/catch.h"
#include "tests/lib/fake_kernel.h"

#include <memory>
#include <optional>

namespace yos {
namespace {

using Events = std::vector<std::string>;

/// Four tasks, with the tids 0 to 3, and a queue.
struct Line {
    explicit Line(WaitQueue::Waker waker = WaitQueue::Waker::task) : queue(waker) {
        for (Tid tid = 0; tid < 4; ++tid) {
            tasks.push_back(make_bare_task(kernel, tid));
        }
    }

    Waiter& waiter(std::size_t tid) { return tasks[tid]->waiter(); }
    Events events() { return kernel.take_events(); }

    void join_all() {
        for (const auto& task : tasks) {
            queue.join(task->waiter());
        }
    }

    FakeKernel kernel;
    std::vector<std::unique_ptr<Task>> tasks;
    WaitQueue queue;
};

TEST_CASE("a wait queue wakes first come, first served", "[tasks]") {
    Line line;
    line.queue.join(line.waiter(2));
    line.queue.join(line.waiter(0));
    line.queue.join(line.waiter(3));
    line.queue.wake_one();
    line.queue.wake_one();
    line.queue.wake_one();
    CHECK(line.events() == Events{"wake 2", "wake 0", "wake 3"});
}

TEST_CASE("a wait queue with nobody to notify says so, and keeps nothing", "[tasks]") {
    Line line;
    CHECK(line.queue.empty());
    CHECK(line.queue.first() == nullptr);
    CHECK(!line.queue.notify_one());
    CHECK(line.queue.notify_all() == 0);
    line.queue.join(line.waiter(0));
    CHECK(line.queue.notify_one());
    CHECK(!line.queue.notify_one());  // still in line, but woken already
    line.queue.join(line.waiter(1));
    line.waiter(0).leave_served();
    CHECK(line.events() == Events{"wake 0"});
}

TEST_CASE("a wake-up that finds all woken is kept for whoever queues up behind them", "[tasks]") {
    Line line;
    line.queue.join(line.waiter(0));
    line.queue.wake_one();
    line.queue.wake_one();
    line.queue.join(line.waiter(1));
    line.queue.join(line.waiter(2));
    CHECK(line.events() == Events{"wake 0"});
    line.waiter(0).leave_served();
    CHECK(line.events() == Events{"wake 1"});
    line.waiter(1).leave_served();
    CHECK(line.events().empty());
    line.waiter(2).leave_served();
}

TEST_CASE("a kept wake-up waits for a woken waiter to be served", "[tasks]") {
    Line line;
    line.queue.join(line.waiter(0));
    line.queue.wake_one();
    line.queue.wake_one();
    line.queue.join(line.waiter(1));
    line.queue.join(line.waiter(2));
    line.waiter(1).leave_unserved();  // its time is out
    CHECK(line.events() == Events{"wake 0"});
    line.waiter(0).leave_served();
    CHECK(line.events() == Events{"wake 2"});
    line.waiter(2).leave_served();
}

TEST_CASE("a kept wake-up is void when nobody stands in line, or one has found nothing",
          "[tasks]") {
    Line line;
    for (const bool finds_nothing : {false, true}) {
        line.queue.join(line.waiter(0));
        line.queue.wake_one();
        line.queue.wake_one();
        if (finds_nothing) {
            line.queue.join(line.waiter(0));
            line.queue.wake_one();
        }
        line.waiter(0).leave_served();
        line.queue.join(line.waiter(1));
        line.queue.join(line.waiter(2));
        line.queue.wake_one();
        line.waiter(1).leave_served();
        CHECK(line.events() ==
              (finds_nothing ? Events{"wake 0", "wake 0", "wake 1"} : Events{"wake 0", "wake 1"}));
        line.waiter(2).leave_served();
    }
}

TEST_CASE("a wait queue that wakes in turn goes on until one finds nothing", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_in_turn();
    CHECK(line.events() == Events{"wake 0"});
    line.waiter(0).leave_served();
    CHECK(line.events() == Events{"wake 1"});
    line.waiter(1).leave_unserved();
    CHECK(line.events() == Events{"wake 2"});
    line.queue.join(line.waiter(2));
    line.waiter(2).leave_served();
    CHECK(line.events().empty());
    line.waiter(3).leave_served();
}

TEST_CASE("a wait queue that notifies all leaves out those who are woken already", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_one();
    CHECK(line.queue.notify_all() == 3);
    CHECK(line.events() == Events{"wake 0", "wake 1", "wake 2", "wake 3"});
}

TEST_CASE("a woken waiter that has to wait on keeps its place in line", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_one();
    line.queue.join(line.waiter(0));
    CHECK(line.queue.first() == line.tasks[0].get());
    line.queue.wake_one();
    line.queue.wake_one();
    CHECK(line.events() == Events{"wake 0", "wake 0", "wake 1"});
}

TEST_CASE("nobody overtakes a waiter that is woken and not yet served", "[tasks]") {
    Line line;
    line.queue.join(line.waiter(0));
    line.queue.wake_one();
    CHECK(line.queue.others_ahead_of(*line.tasks[1]));
    CHECK(!line.queue.others_ahead_of(*line.tasks[0]));
    line.waiter(0).leave_served();
    CHECK(!line.queue.others_ahead_of(*line.tasks[1]));
}

TEST_CASE("a waiter may leave from anywhere in the line", "[tasks]") {
    for (std::size_t leaver = 0; leaver < 4; ++leaver) {
        Line line;
        line.join_all();
        line.waiter(leaver).leave_served();
        CHECK(!line.waiter(leaver).waits_in(line.queue));
        CHECK(line.queue.notify_all() == 3);
        Events others;
        for (std::size_t tid = 0; tid < 4; ++tid) {
            if (tid != leaver) {
                others.push_back("wake " + std::to_string(tid));
            }
        }
        CHECK(line.events() == others);
    }
}

TEST_CASE("an unused wake-up goes to the next in line when the woken waiter gives up", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_one();
    line.waiter(0).leave_unserved();
    line.waiter(1).leave_unserved();
    CHECK(line.events() == Events{"wake 0", "wake 1", "wake 2"});
}

TEST_CASE("a waiter that was not woken gives up without waking anybody", "[tasks]") {
    Line line;
    line.join_all();
    line.waiter(0).leave_unserved();
    CHECK(line.events().empty());
    CHECK(line.queue.first() == line.tasks[1].get());
}

TEST_CASE("a waiter that got what it came for leaves without waking anybody", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_one();
    line.waiter(0).leave_served();
    CHECK(line.events() == Events{"wake 0"});
}

TEST_CASE("a woken waiter that waits on has used its wake-up", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_one();
    line.queue.join(line.waiter(0));
    line.waiter(0).leave_unserved();
    CHECK(line.events() == Events{"wake 0"});
}

TEST_CASE("a woken waiter that turns to another queue passes its wake-up on", "[tasks]") {
    Line line;
    WaitQueue other;
    line.join_all();
    line.queue.wake_one();
    other.join(line.waiter(0));
    CHECK(line.waiter(0).waits_in(other));
    CHECK(!line.waiter(0).waits_in(line.queue));
    CHECK(line.events() == Events{"wake 0", "wake 1"});
    line.waiter(0).leave_served();
}

TEST_CASE("a waiter that is destroyed leaves its queue, and passes its wake-up on", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.wake_one();
    line.tasks.erase(line.tasks.begin());
    CHECK(line.events() == Events{"wake 0", "wake 1"});
    line.tasks.clear();
    CHECK(line.queue.empty());
    CHECK(line.events() == Events{"wake 2", "wake 3"});
}

TEST_CASE("a wait queue that is destroyed fails its waiters with identifier_removed", "[tasks]") {
    Line line;
    auto queue = std::make_unique<WaitQueue>();
    queue->join(line.waiter(1));
    queue->join(line.waiter(0));
    queue->wake_one();  // too late for it, too
    queue.reset();
    CHECK(line.events() == Events{"wake 1", "fail 1", "fail 0"});
    CHECK(line.kernel.last_failure == std::errc::identifier_removed);
    line.waiter(0).leave_served();  // of nothing
    line.queue.join(line.waiter(0));
    CHECK(line.waiter(0).waits_in(line.queue));
}

TEST_CASE("a wait queue fails all its waiters for the reason it is given", "[tasks]") {
    Line line;
    line.join_all();
    line.queue.fail_all(std::errc::owner_dead);
    CHECK(line.queue.empty());
    CHECK(line.events() == Events{"fail 0", "fail 1", "fail 2", "fail 3"});
    CHECK(line.kernel.last_failure == std::errc::owner_dead);
}

TEST_CASE("those who wait for the outside are counted, each once and as long as it waits",
          "[tasks]") {
    Line line(WaitQueue::Waker::outside);
    line.join_all();
    CHECK(line.kernel.outside == 4);
    line.queue.wake_one();
    line.queue.join(line.waiter(0));
    CHECK(line.kernel.outside == 4);
    line.waiter(0).leave_served();
    CHECK(line.kernel.outside == 3);
    line.waiter(1).leave_unserved();
    CHECK(line.kernel.outside == 2);
    WaitQueue inside;
    inside.join(line.waiter(2));
    CHECK(line.kernel.outside == 1);
    line.queue.fail_all(std::errc::bad_file_descriptor);
    CHECK(line.kernel.outside == 0);
    line.waiter(2).leave_served();
}

TEST_CASE("those who wait for other tasks are not counted as waiting for the outside", "[tasks]") {
    Line line;
    line.join_all();
    CHECK(line.kernel.outside == 0);
}

}  // namespace
}  // namespace yos
