#pragma once

// Buffers that the host picks from when bytes have come, and not before: so an idle connection
// holds none, and a few serve any number of them. The kernel owns them all; nothing that belongs to
// a task is ever written to by the host.

#include "kernel/host/uring/uring.h"

#include <cstddef>
#include <span>

namespace yos {

class ReceiveBuffers {
public:
    static constexpr unsigned group = 0;  // by which a receive names them

    /// Throws std::system_error with EINVAL where the host is too old.
    explicit ReceiveBuffers(Uring& uring);
    ReceiveBuffers(const ReceiveBuffers&) = delete;
    ReceiveBuffers& operator=(const ReceiveBuffers&) = delete;

    /// Its poller has waited for the last receive to end.
    ~ReceiveBuffers();

    /// The first `size` bytes of the buffer that the host picked.
    std::span<const char> bytes(unsigned number, std::size_t size) const {
        return {buffer(number), size};
    }

    void give_back(unsigned number);

private:
    char* buffer(unsigned number) const;
    std::size_t mapped_size() const;

    Uring& uring_;
    char* memory_ = nullptr;
    io_uring_buf_ring* free_ = nullptr;  // those that the host may pick from
};

}  // namespace yos
