#include "kernel/ready_queue.h"

#include "tests/catch.h"
#include "tests/fake_scheduler.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <random>

namespace yos {
namespace {

using Tids = std::vector<Tid>;

/// A queue, and tasks to put into it.
struct Queue {
    explicit Queue(Tid count) {
        for (Tid tid = 0; tid < count; ++tid) {
            tasks.push_back(make_bare_task(scheduler, tid));
        }
    }

    void push(Tid first, Tid end) {
        for (Tid tid = first; tid < end; ++tid) {
            ready.push(*tasks[tid]);
        }
    }

    Tids pop_all() {
        Tids tids;
        while (!ready.empty()) {
            tids.push_back(ready.pop().tid());
        }
        return tids;
    }

    FakeScheduler scheduler;
    std::vector<std::unique_ptr<Task>> tasks;
    ReadyQueue ready;
};

Tids range(Tid first, Tid end) {
    Tids tids;
    for (Tid tid = first; tid < end; ++tid) {
        tids.push_back(tid);
    }
    return tids;
}

TEST_CASE("the ready queue is first in, first out", "[kernel]") {
    Queue queue(10);
    CHECK(queue.ready.empty());
    queue.push(0, 10);
    CHECK(queue.ready.size() == 10);
    CHECK(queue.pop_all() == range(0, 10));
}

TEST_CASE("the ready queue grows and keeps its order", "[kernel]") {
    Queue queue(1000);
    queue.push(0, 1000);
    CHECK(queue.ready.size() == 1000);
    CHECK(queue.pop_all() == range(0, 1000));
}

TEST_CASE("the ready queue grows when its oldest task is in the middle of the ring", "[kernel]") {
    Queue queue(400);
    queue.push(0, 40);
    for (Tid tid = 0; tid < 40; ++tid) {
        CHECK(queue.ready.pop().tid() == tid);
    }
    queue.push(40, 400);
    CHECK(queue.pop_all() == range(40, 400));
}

TEST_CASE("the ready queue goes round and round", "[kernel]") {
    Queue queue(50);
    queue.push(0, 50);
    for (Tid turn = 0; turn < 1000; ++turn) {
        Task& task = queue.ready.pop();
        REQUIRE(task.tid() == turn % 50);
        queue.ready.push(task);
    }
    CHECK(queue.ready.size() == 50);
}

TEST_CASE("a task may leave the ready queue from anywhere", "[kernel]") {
    Queue queue(5);
    for (const Tid leaver : range(0, 5)) {
        queue.push(0, 5);
        queue.ready.remove(*queue.tasks[leaver]);
        CHECK(queue.tasks[leaver]->ready_slot == Task::not_queued);
        Tids others = range(0, 5);
        std::erase(others, leaver);
        CHECK(queue.ready.size() == 4);
        CHECK(queue.pop_all() == others);
    }
}

TEST_CASE("holes in the ready queue are used before it grows", "[kernel]") {
    Queue queue(64 * 100);
    queue.push(0, 1);  // stays the oldest, so that nothing before it falls away
    for (Tid tid = 1; tid < 64 * 100; ++tid) {
        queue.ready.push(*queue.tasks[tid]);
        queue.ready.remove(*queue.tasks[tid]);
    }
    CHECK(queue.ready.size() == 1);
    CHECK(queue.tasks[0]->ready_slot < 64);
    CHECK(queue.pop_all() == Tids{0});
}

TEST_CASE("the ready queue gives the nth of its tasks, in whose place the oldest goes",
          "[kernel]") {
    Queue queue(5);
    queue.push(0, 5);
    CHECK(queue.ready.take(3).tid() == 3);
    CHECK(queue.tasks[3]->ready_slot == Task::not_queued);
    CHECK(queue.pop_all() == Tids{1, 2, 0, 4});
}

TEST_CASE("the ready queue does not count holes when it gives the nth", "[kernel]") {
    Queue queue(6);
    queue.push(0, 6);
    queue.ready.remove(*queue.tasks[0]);
    queue.ready.remove(*queue.tasks[2]);
    CHECK(queue.ready.take(2).tid() == 4);
    CHECK(queue.pop_all() == Tids{3, 1, 5});
}

TEST_CASE("the ready queue does what a plain list would, whatever is done to it", "[kernel]") {
    constexpr Tid count = 300;
    std::mt19937 random(1);
    Queue queue(count);
    std::deque<Tid> model;
    for (int step = 0; step < 20'000; ++step) {
        Task& task = *queue.tasks[random() % count];
        if (step % 2'000 < 1'000 ? random() % 8 != 0 : random() % 8 == 0) {
            if (task.ready_slot == Task::not_queued) {
                queue.ready.push(task);
                model.push_back(task.tid());
            }
        } else if (random() % 3 == 0 && task.ready_slot != Task::not_queued) {
            queue.ready.remove(task);
            std::erase(model, task.tid());
        } else if (random() % 2 == 0 && !model.empty()) {
            const std::size_t n = random() % model.size();
            std::swap(model.front(), model[n]);
            REQUIRE(queue.ready.take(n).tid() == model.front());
            model.pop_front();
        } else if (!model.empty()) {
            REQUIRE(queue.ready.pop().tid() == model.front());
            model.pop_front();
        }
        REQUIRE(queue.ready.size() == model.size());
    }
    CHECK(queue.pop_all() == Tids(model.begin(), model.end()));
}

}  // namespace
}  // namespace yos
