/* What the echo servers in C share: a listener on loopback, at a port of the host's choice. */

#ifndef YOS_TESTS_PEERS_ECHO_H
#define YOS_TESTS_PEERS_ECHO_H

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { buffer_size = 16384, backlog = 4096 };

static inline int checked(int result, const char* what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
    return result;
}

/* Listens, says where, and returns the socket. */
static inline int listen_on_loopback(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    const int listener = checked(socket(AF_INET, SOCK_STREAM, 0), "socket");

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    checked(bind(listener, (struct sockaddr*)&address, size), "bind");
    checked(listen(listener, backlog), "listen");
    checked(getsockname(listener, (struct sockaddr*)&address, &size), "getsockname");
    printf("listening at 127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

#endif
