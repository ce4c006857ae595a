#pragma once

// A port of this machine that is nobody else's while this lives: it is bound but does not listen,
// so a server that is told its number may, and nobody is given it who asks for any.

#include "tests/lib/catch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yos {

class ReservedPort {
public:
    ReservedPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const int on = 1;
        REQUIRE(::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const at = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(socket_, at, size) == 0);
        REQUIRE(::getsockname(socket_, at, &size) == 0);
        number_ = ntohs(address.sin_port);
    }
    ReservedPort(const ReservedPort&) = delete;
    ReservedPort& operator=(const ReservedPort&) = delete;
    ~ReservedPort() { ::close(socket_); }

    int number() const { return number_; }

private:
    int socket_;
    int number_ = 0;
};

}  // namespace yos
