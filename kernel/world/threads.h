#pragma once

// Where work is done that blocks (name resolution, a slow library), so that it does not block the
// kernel: threads of the host, as a rule. Jobs run there; all else about them happens on the
// kernel's thread.

#include "tasks/memory_range.h"
#include "tasks/wait_queue.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace yos {

class Threads {
public:
    class Job {
    public:
        virtual ~Job() = default;

        /// The work. Must not throw.
        virtual void run() noexcept = 0;

        std::uint64_t number = 0;  ///< counts those that were submitted
        bool finished = false;     ///< set on the kernel's thread
        WaitQueue waiters{WaitQueue::Waker::outside};
    };

    virtual ~Threads() = default;

    /// Whoever waits for the job holds it by a shared_ptr. A job that nobody holds any more when
    /// its turn comes is not run. Throws std::system_error when there is no thread to be had.
    void submit(std::shared_ptr<Job> job) {
        job->number = ++submitted_;
        begin(std::move(job));
    }

    /// Those that have finished since the last call, in the order in which they did.
    virtual std::vector<std::shared_ptr<Job>> take_finished() = 0;

    /// Whether a job whose class was compiled into `module` is waiting, running, or not taken.
    virtual bool has_job_of(const MemoryRange& module) const = 0;

    /// True while a submitted job is not taken.
    virtual bool busy() const = 0;

protected:
    virtual void begin(std::shared_ptr<Job> job) = 0;

private:
    std::uint64_t submitted_ = 0;
};

}  // namespace yos
