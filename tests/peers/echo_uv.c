/* The echo server of libuv's users who care: it tries to write at once, and only what the socket
   does not take becomes a request of its own. */

#include "tests/peers/echo.h"

#include <string.h>
#include <uv.h>

/* One buffer serves all: a read's data is written, or copied, before the next read. */
static void allocate(uv_handle_t* client, size_t suggested, uv_buf_t* buffer) {
    static char memory[buffer_size];
    (void)client;
    (void)suggested;
    *buffer = uv_buf_init(memory, sizeof memory);
}

static void closed(uv_handle_t* client) {
    free(client);
}

static void written(uv_write_t* request, int status) {
    free(request);
    (void)status;
}

static void write_later(uv_stream_t* client, const char* bytes, size_t size) {
    uv_write_t* request = malloc(sizeof *request + size);
    char* copy = memcpy(request + 1, bytes, size);
    uv_buf_t buffer = uv_buf_init(copy, (unsigned)size);
    uv_write(request, client, &buffer, 1, written);
}

static void received(uv_stream_t* client, ssize_t got, const uv_buf_t* buffer) {
    if (got < 0) {
        uv_close((uv_handle_t*)client, closed);
        return;
    }
    uv_buf_t data = uv_buf_init(buffer->base, (unsigned)got);
    const int taken = uv_try_write(client, &data, 1);
    const ssize_t done = taken > 0 ? taken : 0;
    if (done < got) {
        write_later(client, buffer->base + done, (size_t)(got - done));
    }
}

static void connected(uv_stream_t* listener, int status) {
    uv_tcp_t* client = malloc(sizeof *client);
    uv_tcp_init(listener->loop, client);
    if (status < 0 || uv_accept(listener, (uv_stream_t*)client) < 0) {
        uv_close((uv_handle_t*)client, closed);
        return;
    }
    uv_read_start((uv_stream_t*)client, allocate, received);
}

int main(void) {
    uv_loop_t* loop = uv_default_loop();
    uv_tcp_t listener;
    uv_tcp_init(loop, &listener);
    uv_tcp_open(&listener, listen_on_loopback());
    uv_listen((uv_stream_t*)&listener, backlog, connected);
    return uv_run(loop, UV_RUN_DEFAULT);
}
