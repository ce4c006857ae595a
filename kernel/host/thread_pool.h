#pragma once

// A few host threads for work that blocks (name resolution, a slow library), so that it does not
// block the kernel. Jobs run there; all else about them happens on the kernel's thread.

#include "kernel/host/poller.h"
#include "tasks/memory_range.h"
#include "tasks/wait_queue.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace yos {

class ThreadPool {
public:
    class Job {
    public:
        virtual ~Job() = default;

        /// The work, on a thread of the pool. Must not throw.
        virtual void run() noexcept = 0;

        bool finished = false;  ///< set on the kernel's thread
        WaitQueue waiters{WaitQueue::Waker::outside};
    };

    explicit ThreadPool(Poller& poller) : poller_(poller) {}
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Waits for the jobs that are running; those not yet begun are dropped.
    ~ThreadPool();

    /// Whoever waits for the job holds it by a shared_ptr. A job that nobody holds any more when
    /// its turn comes is not run. Throws std::system_error when the host has not a single thread to
    /// give.
    void submit(std::shared_ptr<Job> job);

    /// Wakes those who wait for jobs that have finished since the last call.
    void collect();

    /// Whether a job whose class was compiled into `module` is waiting, running, or not collected.
    bool has_job_of(const MemoryRange& module) const;

    /// True while a submitted job is not collected.
    bool busy() const { return unfinished_ > 0; }

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
