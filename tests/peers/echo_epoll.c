/* The limit of what readiness can do: one loop around epoll. Each connection is registered once,
   edge-triggered, and read until it has no more: after a read that did not fill the buffer there
   is nothing left to ask for. */

#include "tests/peers/echo.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { batch = 256 };

static void watch(int epoll, int descriptor, unsigned events) {
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    checked(epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
}

static void accept_one(int epoll, int listener) {
    const int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (client >= 0) {
        watch(epoll, client, EPOLLIN | EPOLLRDHUP | EPOLLET);
    }
}

/* A client that reads too slowly is cut off: what it needs is not what this measures. */
static void echo(int client) {
    static char buffer[buffer_size];
    ssize_t got;
    do {
        got = recv(client, buffer, sizeof buffer, 0);
        if (got > 0 && send(client, buffer, (size_t)got, MSG_NOSIGNAL) == got) {
            continue;
        }
        if (got >= 0 || errno != EAGAIN) {
            close(client);
        }
        return;
    } while (got == (ssize_t)sizeof buffer);
}

int main(void) {
    const int listener = listen_on_loopback();
    const int epoll = checked(epoll_create1(0), "epoll_create1");
    struct epoll_event events[batch];
    watch(epoll, listener, EPOLLIN);
    for (;;) {
        const int count = epoll_wait(epoll, events, batch, -1);
        for (int i = 0; i < count; ++i) {
            if (events[i].data.fd == listener) {
                accept_one(epoll, listener);
            } else {
                echo(events[i].data.fd);
            }
        }
    }
}
