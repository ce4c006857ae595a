#pragma once

// Finds a task by its tid. Tids count up and are never reused, so the table is a row of pages, and
// a page goes when the last of its tasks has: finding is two loads, as in a plain array, and what
// is kept follows the number of tasks alive.

#include "kernel/uapi/time.h"
#include "tasks/contract.h"
#include "tasks/task.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace yos {

class TaskTable {
public:
    /// Null when there is no such task.
    Task* find(Tid tid) const {
        const Tid page = tid / page_size;
        return page < pages_.size() && pages_[page] ? pages_[page]->tasks[tid % page_size]
                                                    : nullptr;
    }

    /// The tid that the next task shall have.
    Tid next_tid() const { return next_tid_; }

    /// Tasks that are inserted from now on began at `now`, which may be late by some dispatches.
    void set_time(Time now) {
        now_ = static_cast<std::uint32_t>(now.time_since_epoch() / std::chrono::milliseconds(10));
    }

    /// In Debug throws std::logic_error unless its tid is next_tid().
    void insert(Task& task) {
        check_in_debug(task.tid() == next_tid_, [&] {
            return "TaskTable::insert: task " + std::to_string(task.tid()) + " comes after tid " +
                   std::to_string(next_tid_) + ", which next_tid() gives";
        });
        const Tid page = task.tid() / page_size;
        if (page == pages_.size()) {
            pages_.push_back(std::make_unique<Page>());
            if (page > 0) {
                drop_if_unused(page - 1);
            }
        }
        pages_[page]->tasks[task.tid() % page_size] = &task;
        pages_[page]->began[task.tid() % page_size] = now_;
        ++pages_[page]->used;
        ++size_;
        next_tid_ = task.tid() + 1;
    }

    void erase(Tid tid) {
        const Tid page = tid / page_size;
        pages_[page]->tasks[tid % page_size] = nullptr;
        --pages_[page]->used;
        --size_;
        if (page + 1 < pages_.size()) {  // the last page is still being filled
            drop_if_unused(page);
        }
    }

    std::size_t size() const { return size_; }

    /// To 10 ms. Throws std::logic_error unless it is in the table.
    Time began(Tid tid) const {
        check_contract(find(tid) != nullptr, [&] {
            return "TaskTable::began: there is no task " + std::to_string(tid) +
                   ": find() it first";
        });
        return Time{Tick{pages_[tid / page_size]->began[tid % page_size]}};
    }

    /// Calls visit(Task&) for each task, by rising tid. `visit` may erase the task it is given.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t page = 0; page < pages_.size(); ++page) {
            for (Tid slot = 0; slot < page_size && pages_[page]; ++slot) {
                if (Task* task = pages_[page]->tasks[slot]) {
                    visit(*task);
                }
            }
        }
    }

private:
    static constexpr Tid page_size = 512;

    // When a task began is for people to read: so it is kept in 4 bytes, which last for 16 months.
    using Tick = std::chrono::duration<std::uint32_t, std::centi>;

    struct Page {
        std::array<Task*, page_size> tasks{};
        std::array<std::uint32_t, page_size> began{};
        std::size_t used = 0;
    };

    void drop_if_unused(Tid page) {
        if (pages_[page] && pages_[page]->used == 0) {
            pages_[page].reset();
        }
    }

    std::vector<std::unique_ptr<Page>> pages_;
    std::uint32_t now_ = 0;
    Tid next_tid_ = kernel_tid;
    std::size_t size_ = 0;
};

}  // namespace yos
