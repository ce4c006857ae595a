#pragma once

// The host's io_uring: two queues that are shared with the host. What is to be done is written into
// the one, what came of it is read from the other, and one host call hands over all that is new and
// waits for answers. After Jens Axboe's liburing, which does the work.

#include "kernel/uapi/time.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <liburing.h>
#include <optional>
#include <thread>

namespace yos {

/// Asks for operations, and is told what came of each. It must live until it was told of the last.
class alignas(8) UringClient {
public:
    UringClient() = default;
    UringClient(const UringClient&) = delete;
    UringClient& operator=(const UringClient&) = delete;

    /// `result` is what the host's call would return, or a negative errno. With IORING_CQE_F_MORE
    /// in `flags` the operation goes on, and more will be told of it.
    virtual void completed(unsigned operation, int result, unsigned flags) = 0;

protected:
    ~UringClient() = default;
};

/// Nothing came of it but that it may be asked for again.
inline bool to_be_repeated(int result) {
    return result == -EINTR || result == -EAGAIN;
}

class Uring {
public:
    /// Throws std::system_error: ENOSYS, EPERM, or EINVAL of a host that is too old.
    Uring();
    Uring(const Uring&) = delete;
    Uring& operator=(const Uring&) = delete;
    ~Uring() { ::io_uring_queue_exit(&ring_); }

    io_uring* host() { return &ring_; }

    /// The next entry of the submission queue, for one of liburing's io_uring_prep_ functions and
    /// then address().
    io_uring_sqe* entry();

    /// Says who is to be told of an entry; `operation` is a number below 8 by which it knows it.
    void address(io_uring_sqe* entry, UringClient& client, unsigned operation);

    /// Asks the host to break off an operation of the client's. The client is told of the
    /// operation's end as of any other: that it was broken off, or that it had been done already.
    void cancel(UringClient& client, unsigned operation);

    /// Asks for an end of everything that is under way.
    void cancel_all();

    bool has_unsubmitted() const { return ::io_uring_sq_ready(&ring_) > 0; }

    /// The host takes requests from one thread alone, the first that made one.
    bool belongs_here() const {
        return owner_ == std::thread::id() || owner_ == std::this_thread::get_id();
    }

    /// Operations whose clients wait to be told of their end.
    std::size_t under_way() const { return under_way_; }

    /// Hands over what was entered, and lets the host do what it can do at once. On another thread
    /// it does nothing.
    void submit();

    /// Hands over what was entered, and waits at most `limit` (for ever when there is none) until
    /// something completes. Where it does not belong, the host refuses: std::system_error.
    void wait(std::optional<Duration> limit);

    /// Tells the clients of what has completed, of `most` operations at once.
    void tell(std::size_t most);

private:
    bool anything_completed() const { return !aside_.empty() || ::io_uring_cq_ready(&ring_) > 0; }
    bool take(io_uring_cqe& completion);
    void start();
    void check(int result);
    void put_aside();

    io_uring ring_{};
    std::thread::id owner_;  // none before the first request
    std::size_t under_way_ = 0;
    std::deque<io_uring_cqe> aside_;  // completions, while the host had no room for more of them
};

}  // namespace yos
