#pragma once

// A few host threads for work that blocks (name resolution, a slow library), so that it does not
// block the kernel. Jobs run there; all else about them happens on the kernel's thread.

#include "kernel/world/poller.h"
#include "kernel/world/threads.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace yos {

class ThreadPool final : public Threads {
public:
    explicit ThreadPool(Poller& poller) : poller_(poller) {}

    /// Waits for the jobs that are running; those not yet begun are dropped.
    ~ThreadPool() override;

    std::vector<std::shared_ptr<Job>> take_finished() override;
    bool has_job_of(const MemoryRange& module) const override;
    bool busy() const override { return unfinished_ > 0; }

protected:
    void begin(std::shared_ptr<Job> job) override;

private:
    void start_thread();
    void work();

    Poller& poller_;
    std::size_t unfinished_ = 0;
    std::vector<std::thread> threads_;

    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable work_came_;
    std::deque<std::shared_ptr<Job>> queued_;
    std::vector<const Job*> running_;
    std::vector<std::shared_ptr<Job>> finished_;
    std::size_t idle_ = 0;
    bool closing_ = false;
};

}  // namespace yos
