#include "kernel/host/thread_pool.h"

#include "kernel/limits.h"

#include <algorithm>
#include <csignal>
#include <system_error>

namespace yos {

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        queued_.clear();
    }
    work_came_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

void ThreadPool::begin(std::shared_ptr<Job> job) {
    bool all_busy = false;
    {
        const std::lock_guard lock(mutex_);
        all_busy = idle_ <= queued_.size();
    }
    if (all_busy && threads_.size() < limits::pool_threads) {
        start_thread();
    }
    {
        const std::lock_guard lock(mutex_);
        queued_.push_back(std::move(job));
    }
    ++unfinished_;
    work_came_.notify_one();
}

void ThreadPool::start_thread() {
    try {
        threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        if (threads_.empty()) {
            throw;
        }
    }
}

std::vector<std::shared_ptr<ThreadPool::Job>> ThreadPool::take_finished() {
    std::vector<std::shared_ptr<Job>> finished;
    {
        const std::lock_guard lock(mutex_);
        finished.swap(finished_);
    }
    unfinished_ -= finished.size();
    return finished;
}

bool ThreadPool::has_job_of(const MemoryRange& module) const {
    const std::lock_guard lock(mutex_);
    const auto is_of_it = [&](const auto& job) { return module.contains_class_of(*job); };
    return std::any_of(queued_.begin(), queued_.end(), is_of_it) ||
           std::any_of(running_.begin(), running_.end(), is_of_it) ||
           std::any_of(finished_.begin(), finished_.end(), is_of_it);
}

void ThreadPool::work() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);  // they would interrupt the work, not the kernel

    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        work_came_.wait(lock, [this] { return closing_ || !queued_.empty(); });
        --idle_;
        if (queued_.empty()) {
            return;
        }
        std::shared_ptr<Job> job = std::move(queued_.front());
        queued_.pop_front();
        running_.push_back(job.get());
        lock.unlock();
        const bool somebody_waits = job.use_count() > 1;
        if (somebody_waits) {
            job->run();
        }
        lock.lock();
        std::erase(running_, job.get());
        finished_.push_back(std::move(job));
        poller_.interrupt();
    }
}

}  // namespace yos
