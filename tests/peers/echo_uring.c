/* The limit of what completions can do: one loop around io_uring, with buffers that the kernel
   picks when data is there. Sends, accepts and receives are queued, and submitted by the one call
   that also waits. With --multishot a receive stays armed. */

#include "tests/peers/echo.h"

#include <errno.h>
#include <liburing.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { entries = 4096, buffers = 4096, small_buffer = 2048, group = 0 };
enum operation { accepting, receiving, sending };

static struct io_uring ring;
static struct io_uring_buf_ring* free_buffers;
static char memory[buffers][small_buffer];
static bool multishot;

/* What a completion belongs to, in the 64 bits that it brings back. */
struct tag {
    uint8_t operation;
    uint16_t buffer;
    int32_t client;
};

static void set_tag(struct io_uring_sqe* entry, struct tag tag) {
    io_uring_sqe_set_data64(
        entry, (uint64_t)tag.operation << 56 | (uint64_t)tag.buffer << 32 | (uint32_t)tag.client);
}

static struct tag tag_of(const struct io_uring_cqe* completion) {
    const uint64_t bits = completion->user_data;
    return (struct tag){(uint8_t)(bits >> 56), (uint16_t)(bits >> 32), (int32_t)bits};
}

static struct io_uring_sqe* next_entry(void) {
    struct io_uring_sqe* entry = io_uring_get_sqe(&ring);
    if (entry == NULL) {
        io_uring_submit(&ring);
        entry = io_uring_get_sqe(&ring);
    }
    return entry;
}

static void give_back(uint16_t buffer) {
    io_uring_buf_ring_add(
        free_buffers, memory[buffer], small_buffer, buffer, io_uring_buf_ring_mask(buffers), 0);
    io_uring_buf_ring_advance(free_buffers, 1);
}

static void start_accept(int listener) {
    struct io_uring_sqe* entry = next_entry();
    io_uring_prep_multishot_accept(entry, listener, NULL, NULL, 0);
    set_tag(entry, (struct tag){accepting, 0, listener});
}

static void start_receive(int client) {
    struct io_uring_sqe* entry = next_entry();
    if (multishot) {
        io_uring_prep_recv_multishot(entry, client, NULL, 0, 0);
    } else {
        io_uring_prep_recv(entry, client, NULL, small_buffer, 0);
    }
    entry->flags |= IOSQE_BUFFER_SELECT;
    entry->ioprio |= IORING_RECVSEND_POLL_FIRST; /* there is hardly ever something there already */
    entry->buf_group = group;
    set_tag(entry, (struct tag){receiving, 0, client});
}

static void start_send(int client, uint16_t buffer, int size) {
    struct io_uring_sqe* entry = next_entry();
    io_uring_prep_send(entry, client, memory[buffer], (size_t)size, MSG_NOSIGNAL);
    set_tag(entry, (struct tag){sending, buffer, client});
}

static void received(const struct io_uring_cqe* completion, int client) {
    const bool more = (completion->flags & IORING_CQE_F_MORE) != 0;
    if (completion->res > 0) {
        start_send(
            client, (uint16_t)(completion->flags >> IORING_CQE_BUFFER_SHIFT), completion->res);
    } else if (completion->res != -ENOBUFS) {
        close(client);
        return;
    }
    if (!more) {
        start_receive(client);
    }
}

static void handle(const struct io_uring_cqe* completion) {
    const struct tag tag = tag_of(completion);
    switch (tag.operation) {
        case accepting:
            if (completion->res >= 0) {
                start_receive(completion->res);
            }
            if ((completion->flags & IORING_CQE_F_MORE) == 0) {
                start_accept(tag.client);
            }
            break;
        case receiving:
            received(completion, tag.client);
            break;
        case sending:
            give_back(tag.buffer);
            break;
    }
}

static void set_up(void) {
    struct io_uring_params parameters = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE,
        .cq_entries = 4 * entries};
    const int result = io_uring_queue_init_params(entries, &ring, &parameters);
    if (result < 0) {
        errno = -result;
        checked(-1, "io_uring");
    }
    io_uring_register_ring_fd(&ring);
    if (posix_memalign((void**)&free_buffers, 4096, buffers * sizeof(struct io_uring_buf)) != 0) {
        exit(1);
    }
    io_uring_buf_ring_init(free_buffers);
    struct io_uring_buf_reg registration = {
        .ring_addr = (uint64_t)(uintptr_t)free_buffers, .ring_entries = buffers, .bgid = group};
    checked(io_uring_register_buf_ring(&ring, &registration, 0), "io_uring_register_buf_ring");
    for (uint16_t buffer = 0; buffer < buffers; ++buffer) {
        give_back(buffer);
    }
}

int main(int argc, char** argv) {
    multishot = argc > 1 && strcmp(argv[1], "--multishot") == 0;
    set_up();
    start_accept(listen_on_loopback());
    for (;;) {
        io_uring_submit_and_wait(&ring, 1);
        struct io_uring_cqe* completion;
        unsigned head;
        unsigned seen = 0;
        io_uring_for_each_cqe(&ring, head, completion) {
            handle(completion);
            ++seen;
        }
        io_uring_cq_advance(&ring, seen);
    }
}
