#include "kernel/task_table.h"

#include "tests/lib/catch.h"
#include "tests/lib/fake_kernel.h"
#include "tests/lib/host_memory.h"

#include <memory>
#include <unordered_map>

namespace yos {
namespace {

constexpr Tid page = 512;  // tids that the table keeps together

TEST_CASE("the table keeps when a task began, to 10 ms, for more than a year", "[kernel]") {
    using namespace std::chrono_literals;
    FakeKernel kernel;
    TaskTable table;
    const std::unique_ptr<Task> task = make_bare_task(kernel, table.next_tid());
    table.set_time(Time{400 * 24h + 12'345ms});
    table.make_room();
    table.insert(*task);
    CHECK(table.began(task->tid()) == Time{400 * 24h + 12'340ms});
}

/// A table, and the tasks in it.
struct Table {
    Task& add() {
        std::unique_ptr<Task> task = make_bare_task(kernel, table.next_tid());
        Task& added = *task;
        table.make_room();
        table.insert(added);
        tasks.emplace(added.tid(), std::move(task));
        return added;
    }

    void add(Tid count) {
        for (Tid i = 0; i < count; ++i) {
            add();
        }
    }

    void remove(Tid tid) {
        table.erase(tid);
        tasks.erase(tid);
    }

    std::vector<Tid> visited() const {
        std::vector<Tid> tids;
        table.for_each([&](const Task& task) { tids.push_back(task.tid()); });
        return tids;
    }

    FakeKernel kernel;
    std::unordered_map<Tid, std::unique_ptr<Task>> tasks;
    TaskTable table;
};

TEST_CASE("the task table finds a task by its tid, and null for any other number", "[kernel]") {
    Table table;
    table.add(3 * page);
    CHECK(table.table.size() == 3 * page);
    for (Tid tid = 0; tid < 3 * page; ++tid) {
        REQUIRE(table.table.find(tid) == table.tasks.at(tid).get());
    }
    CHECK(table.table.find(3 * page) == nullptr);
    CHECK(table.table.find(4 * page) == nullptr);
    CHECK(table.table.find(~Tid{0}) == nullptr);
}

TEST_CASE("the task table never gives a tid again", "[kernel]") {
    Table table;
    for (Tid tid = 0; tid < 2 * page; ++tid) {
        CHECK(table.table.next_tid() == tid);
        table.add();
        table.remove(tid);
        CHECK(table.table.find(tid) == nullptr);
    }
    CHECK(table.table.size() == 0);
    CHECK(table.table.next_tid() == 2 * page);
}

TEST_CASE("the task table is gone through by rising tid", "[kernel]") {
    Table table;
    table.add(2 * page);
    for (Tid tid = 0; tid < 2 * page; ++tid) {
        if (tid != 7 && tid != page - 1 && tid != page && tid != 2 * page - 1) {
            table.remove(tid);
        }
    }
    CHECK(table.visited() == std::vector<Tid>{7, page - 1, page, 2 * page - 1});
    CHECK(table.table.size() == 4);
}

TEST_CASE("the task table may be emptied while it is gone through", "[kernel]") {
    Table table;
    table.add(3 * page + 10);
    Tid visits = 0;
    table.table.for_each([&](Task& task) {
        CHECK(task.tid() == visits);
        ++visits;
        table.remove(task.tid());
    });
    CHECK(visits == 3 * page + 10);
    CHECK(table.table.size() == 0);
    CHECK(table.visited().empty());
    CHECK(table.add().tid() == visits);
    CHECK(table.visited() == std::vector<Tid>{visits});
}

TEST_CASE("a visitor of the task table may remove other tasks than its own", "[kernel]") {
    Table table;
    table.add(page + 3);
    std::vector<Tid> visited;
    table.table.for_each([&](Task& task) {
        const Tid tid = task.tid();
        visited.push_back(tid);
        if (tid == 0) {
            for (Tid other = 1; other < page; ++other) {
                table.remove(other);
            }
            table.remove(page + 1);
        }
    });
    CHECK(visited == std::vector<Tid>{0, page, page + 2});
}

TEST_CASE("what the task table keeps follows the tasks alive, not those that ever were",
          "[kernel]") {
    constexpr Tid many = 200'000;
    Table table;
    table.add(1);  // lives through it all
    const std::size_t before = bytes_in_use();
    for (Tid tid = 1; tid < many; ++tid) {
        table.add();
        table.remove(tid);
    }
    CHECK(bytes_in_use() < before + many * sizeof(Task*) / 10);
    CHECK(table.visited() == std::vector<Tid>{0});
}

}  // namespace
}  // namespace yos
