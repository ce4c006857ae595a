#include "kernel/host/uring/receive_buffers.h"

#include "kernel/limits.h"

#include <cerrno>
#include <sys/mman.h>
#include <system_error>

namespace yos {
namespace {

constexpr unsigned count = limits::receive_buffers;
static_assert((count & (count - 1)) == 0, "the host wants a power of two");

}  // namespace

ReceiveBuffers::ReceiveBuffers(Uring& uring) : uring_(uring) {
    void* const memory =
        ::mmap(nullptr, mapped_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw std::system_error(errno, std::generic_category(), "mmap");
    }
    memory_ = static_cast<char*>(memory);
    free_ = reinterpret_cast<io_uring_buf_ring*>(memory_ + count * limits::receive_buffer);
    io_uring_buf_reg registration{};
    registration.ring_addr = reinterpret_cast<std::uintptr_t>(free_);
    registration.ring_entries = count;
    registration.bgid = group;
    const int result = ::io_uring_register_buf_ring(uring_.host(), &registration, 0);
    if (result < 0) {
        ::munmap(memory_, mapped_size());
        throw std::system_error(-result, std::generic_category(), "io_uring_register_buf_ring");
    }
    ::io_uring_buf_ring_init(free_);
    for (unsigned number = 0; number < count; ++number) {
        give_back(number);
    }
}

ReceiveBuffers::~ReceiveBuffers() {
    ::io_uring_unregister_buf_ring(uring_.host(), group);
    ::munmap(memory_, mapped_size());
}

void ReceiveBuffers::give_back(unsigned number) {
    ::io_uring_buf_ring_add(free_,
                            buffer(number),
                            limits::receive_buffer,
                            static_cast<unsigned short>(number),
                            ::io_uring_buf_ring_mask(count),
                            0);
    ::io_uring_buf_ring_advance(free_, 1);
}

char* ReceiveBuffers::buffer(unsigned number) const {
    return memory_ + number * limits::receive_buffer;
}

std::size_t ReceiveBuffers::mapped_size() const {
    return count * (limits::receive_buffer + sizeof(io_uring_buf));
}

}  // namespace yos
