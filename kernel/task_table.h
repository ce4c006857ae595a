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
        if (tid >= next_tid_) {
            return nullptr;
        }
        const std::unique_ptr<Page>& page = pages_[tid / page_size];
        return page ? page->tasks[tid % page_size] : nullptr;
    }

    /// The tid that the next task shall have.
    Tid next_tid() const { return next_tid_; }

    /// Has to be called before each insert(). Throws std::bad_alloc.
    void make_room() {
        if (next_tid_ == end_of_pages_) [[unlikely]] {
            add_page();
        }
    }

    /// Tasks that are inserted from now on began at `now`, which may be late by some dispatches.
    void set_time(Time now) {
        now_ = static_cast<std::uint32_t>(now.time_since_epoch() / std::chrono::milliseconds(10));
    }

    /// In Debug throws std::logic_error unless its tid is next_tid(), and there is room.
    void insert(Task& task) {
        check_in_debug(task.tid() == next_tid_, [&] {
            return "TaskTable::insert: task " + std::to_string(task.tid()) + " comes after tid " +
                   std::to_string(next_tid_) + ", which next_tid() gives";
        });
        check_in_debug(next_tid_ < end_of_pages_,
                       "TaskTable::insert: there is no room: call make_room() first");
        Page& page = *last_page_;
        page.tasks[task.tid() % page_size] = &task;
        page.began[task.tid() % page_size] = now_;
        ++page.used;
        ++size_;
        next_tid_ = task.tid() + 1;
    }

    void erase(Tid tid) {
        Page& page = *pages_[tid / page_size];
        page.tasks[tid % page_size] = nullptr;
        --size_;
        if (--page.used == 0) [[unlikely]] {
            drop_unused(tid / page_size);
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

    [[gnu::noinline]] void add_page() {
        pages_.push_back(std::make_unique<Page>());
        last_page_ = pages_.back().get();
        end_of_pages_ += page_size;
        if (pages_.size() > 1 && pages_[pages_.size() - 2]->used == 0) {
            drop_unused(pages_.size() - 2);
        }
    }

    /// The last page is still being filled.
    [[gnu::noinline]] void drop_unused(Tid page) {
        if (page + 1 < pages_.size()) {
            pages_[page].reset();
        }
    }

    std::vector<std::unique_ptr<Page>> pages_;
    Page* last_page_ = nullptr;
    Tid end_of_pages_ = 0;  // the first tid that has no page yet
    std::uint32_t now_ = 0;
    Tid next_tid_ = kernel_tid;
    std::size_t size_ = 0;
};

}  // namespace yos
