#include "kernel/host/uring/uring.h"

#include "kernel/limits.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace yos {
namespace {

constexpr std::uint64_t operation_bits = 7;  // of an address, which are zero in a client's

std::uint64_t name_of(const UringClient& client, unsigned operation) {
    return reinterpret_cast<std::uintptr_t>(&client) | operation;
}

[[noreturn]] void fail(int error, const char* call) {
    throw std::system_error(error, std::generic_category(), call);
}

}  // namespace

Uring::Uring() {
    // What completes waits for the kernel's next visit to the host, which then does it in batches
    // that the caches hold: with 1,000 connections, a sixth less work. For that the host wants to
    // know the one thread that it serves, which is where the kernel runs and not where it is made.
    io_uring_params parameters{};
    parameters.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN |
                       IORING_SETUP_R_DISABLED | IORING_SETUP_TASKRUN_FLAG |
                       IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE;
    parameters.cq_entries = limits::uring_completions;
    const int result = ::io_uring_queue_init_params(limits::uring_submissions, &ring_, &parameters);
    if (result < 0) {
        fail(-result, "io_uring_setup");
    }
    constexpr unsigned needed =
        IORING_FEAT_NODROP | IORING_FEAT_EXT_ARG | IORING_FEAT_FAST_POLL | IORING_FEAT_CQE_SKIP;
    if ((parameters.features & needed) != needed) {
        ::io_uring_queue_exit(&ring_);
        fail(EINVAL, "io_uring_setup");
    }
}

io_uring_sqe* Uring::entry() {
    for (;;) {
        if (io_uring_sqe* const free = ::io_uring_get_sqe(&ring_)) {
            return free;
        }
        start();
        check(::io_uring_submit_and_get_events(&ring_));
    }
}

void Uring::address(io_uring_sqe* entry, UringClient& client, unsigned operation) {
    ::io_uring_sqe_set_data64(entry, name_of(client, operation));
    ++under_way_;
}

void Uring::cancel(UringClient& client, unsigned operation) {
    io_uring_sqe* const request = entry();
    ::io_uring_prep_cancel64(request, name_of(client, operation), 0);
    ::io_uring_sqe_set_data64(request, 0);
}

void Uring::cancel_all() {
    io_uring_sqe* const request = entry();
    ::io_uring_prep_cancel64(request, 0, IORING_ASYNC_CANCEL_ANY | IORING_ASYNC_CANCEL_ALL);
    ::io_uring_sqe_set_data64(request, 0);
}

void Uring::start() {
    if (owner_ == std::thread::id()) {
        // (The function for it is missing from the library of Debian 12.)
        check(::io_uring_register(
            static_cast<unsigned>(ring_.ring_fd), IORING_REGISTER_ENABLE_RINGS, nullptr, 0));
        owner_ = std::this_thread::get_id();
    }
}

void Uring::submit() {
    if (belongs_here()) {
        start();
        check(::io_uring_submit_and_get_events(&ring_));
    }
}

void Uring::wait(std::optional<Duration> limit) {
    start();
    if (anything_completed()) {
        limit = Duration::zero();
    }
    if (limit == Duration::zero()) {
        check(has_unsubmitted() ? ::io_uring_submit_and_get_events(&ring_)
                                : ::io_uring_submit(&ring_));  // visits the host only if need be
        return;
    }
    __kernel_timespec timeout{};
    if (limit) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*limit);
        timeout.tv_sec = seconds.count();
        timeout.tv_nsec = (*limit - seconds).count();
    }
    io_uring_cqe* first = nullptr;
    check(
        ::io_uring_submit_and_wait_timeout(&ring_, &first, 1, limit ? &timeout : nullptr, nullptr));
}

void Uring::tell(std::size_t most) {
    io_uring_cqe completion;
    for (std::size_t told = 0; told < most && take(completion); ++told) {
        if (completion.user_data == 0) {
            continue;  // a cancellation
        }
        if ((completion.flags & IORING_CQE_F_MORE) == 0) {
            --under_way_;
        }
        auto* const client = reinterpret_cast<UringClient*>(completion.user_data & ~operation_bits);
        client->completed(static_cast<unsigned>(completion.user_data & operation_bits),
                          completion.res,
                          completion.flags);
    }
}

/// A copy, because whoever is told of it may enter something new.
bool Uring::take(io_uring_cqe& completion) {
    if (!aside_.empty()) {
        completion = aside_.front();
        aside_.pop_front();
        return true;
    }
    unsigned head = 0;
    io_uring_cqe* next = nullptr;
    io_uring_for_each_cqe(&ring_, head, next) {
        completion = *next;
        ::io_uring_cqe_seen(&ring_, next);
        return true;
    }
    return false;
}

void Uring::check(int result) {
    if (result >= 0 || result == -ETIME || result == -EINTR) {
        return;
    }
    if (result == -EAGAIN || result == -EBUSY) {
        return put_aside();  // the host takes more when it has room for what completes
    }
    fail(-result,
         result == -EEXIST ? "a kernel with io_uring runs on one thread" : "io_uring_enter");
}

void Uring::put_aside() {
    io_uring_cqe* next = nullptr;
    while (::io_uring_cq_ready(&ring_) > 0 && ::io_uring_peek_cqe(&ring_, &next) == 0) {
        aside_.push_back(*next);
        ::io_uring_cqe_seen(&ring_, next);
    }
}

}  // namespace yos
