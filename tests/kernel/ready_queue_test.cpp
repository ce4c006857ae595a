#include "kernel/ready_queue.h"

#include "tests/lib/catch.h"
#include "tests/lib/fake_kernel.h"
#include "tests/lib/host_memory.h"

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
            tasks.push_back(make_bare_task(kernel, tid));
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
            tids.push_back(ready.pop()->tid());
        }
        return tids;
    }

    /// As the kernel ends a task that is ready, and keeps it.
    void end(Tid tid) {
        ready.remove(*tasks[tid]);
        tasks[tid]->set_state(Task::State::zombie);
        tasks[tid]->unwind();
    }

    /// ... and does not keep it.
    void end_and_dispose(Tid tid) {
        end(tid);
        ReadyQueue::dispose(*tasks[tid].release());
    }

    FakeKernel kernel;
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
        CHECK(queue.ready.pop()->tid() == tid);
    }
    queue.push(40, 400);
    CHECK(queue.pop_all() == range(40, 400));
}

TEST_CASE("the ready queue goes round and round", "[kernel]") {
    Queue queue(50);
    queue.push(0, 50);
    for (Tid turn = 0; turn < 1000; ++turn) {
        Task& task = *queue.ready.pop();
        REQUIRE(task.tid() == turn % 50);
        queue.ready.push(task);
    }
    CHECK(queue.ready.size() == 50);
}

TEST_CASE("a task may end anywhere in the ready queue", "[kernel]") {
    for (const Tid dead : range(0, 5)) {
        Queue queue(5);
        queue.push(0, 5);
        queue.end(dead);
        Tids others = range(0, 5);
        std::erase(others, dead);
        CHECK(queue.ready.size() == 4);
        CHECK(queue.pop_all() == others);
    }
}

TEST_CASE("a task that has ended stays in memory until the ready queue has come round to it",
          "[kernel]") {
    const long before = Recycler::live();
    {
        Queue queue(3);
        queue.push(0, 3);
        const long with_all = Recycler::live();
        queue.end(1);
        queue.end_and_dispose(2);
        CHECK(Recycler::live() == with_all - 2);  // their frames
        CHECK(queue.pop_all() == Tids{0});
        CHECK(queue.ready.empty());
    }
    CHECK(Recycler::live() == before);
}

TEST_CASE("the places of ended tasks are used before the ready queue grows", "[kernel]") {
    Queue queue(64 * 100);
    queue.push(0, 1);  // stays the oldest, so that nothing before it falls away
    const std::size_t before = bytes_in_use();
    for (Tid tid = 1; tid < 64 * 100; ++tid) {
        queue.ready.push(*queue.tasks[tid]);
        queue.end(tid);
    }
    CHECK(queue.ready.size() == 1);
    CHECK(bytes_in_use() < before + 10 * 64 * sizeof(Task*));
    CHECK(queue.pop_all() == Tids{0});
}

TEST_CASE("the ready queue gives the nth of its tasks, in whose place the oldest goes",
          "[kernel]") {
    Queue queue(5);
    queue.push(0, 5);
    CHECK(queue.ready.pop(3)->tid() == 3);
    CHECK(queue.pop_all() == Tids{1, 2, 0, 4});
}

TEST_CASE("the ready queue does not count ended tasks when it gives the nth", "[kernel]") {
    Queue queue(6);
    queue.push(0, 6);
    queue.end(0);
    queue.end(2);
    CHECK(queue.ready.pop(2)->tid() == 4);
    CHECK(queue.pop_all() == Tids{3, 1, 5});
}

TEST_CASE("the ready queue does what a plain list would, whatever is done to it", "[kernel]") {
    constexpr Tid count = 10'000;
    std::mt19937 random(1);
    Queue queue(count);
    Tid next = 0;
    std::deque<Tid> model;
    const auto push = [&](Tid tid) {
        queue.ready.push(*queue.tasks[tid]);
        model.push_back(tid);
    };
    for (int step = 0; step < 20'000; ++step) {
        if (step % 2'000 < 1'000 ? random() % 8 != 0 : random() % 8 == 0) {
            if (next < count) {
                push(next++);
            }
        } else if (random() % 3 == 0 && !model.empty()) {
            const Tid dead = model[random() % model.size()];
            queue.end(dead);
            std::erase(model, dead);
        } else if (random() % 2 == 0 && !model.empty()) {
            const std::size_t n = random() % model.size();
            std::swap(model.front(), model[n]);
            REQUIRE(queue.ready.pop(n)->tid() == model.front());
            model.pop_front();
        } else if (!model.empty()) {
            const Tid tid = queue.ready.pop()->tid();
            REQUIRE(tid == model.front());
            model.pop_front();
            if (random() % 2 == 0) {
                push(tid);
            }
        }
        REQUIRE(queue.ready.size() == model.size());
    }
    CHECK(queue.pop_all() == Tids(model.begin(), model.end()));
}

}  // namespace
}  // namespace yos
