#pragma once

// The far end of a connection, held by the host and not by the kernel under test: it can do what a
// task cannot, such as break off without a farewell.

#include "kernel/host/host_file.h"
#include "kernel/host/host_sockets.h"

#include <cerrno>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <system_error>

namespace yos {

/// Throws what the host's call failed with.
inline long checked(long result) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), "in a test's own host call");
    }
    return result;
}

/// Some machines have no IPv6, or only the half of it.
inline bool host_has_ipv6() {
    const HostDescriptor socket(::socket(AF_INET6, SOCK_STREAM, 0));
    const Address here = Address::parse("[::1]:0");
    return ::bind(socket.number(),
                  static_cast<const sockaddr*>(here.data()),
                  static_cast<socklen_t>(here.size())) == 0;
}

class HostPeer {
public:
    /// Connects to a listener, accepted or not.
    explicit HostPeer(const Address& address)
        : socket_(static_cast<int>(checked(
              ::socket(static_cast<const sockaddr*>(address.data())->sa_family, SOCK_STREAM, 0)))) {
        checked(::connect(number(),
                          static_cast<const sockaddr*>(address.data()),
                          static_cast<socklen_t>(address.size())));
    }

    int number() const { return socket_.number(); }

    /// All of it. REQUIRES: there is room, or the test stands still.
    void send(std::string_view bytes, int flags = 0) {
        checked(::send(number(), bytes.data(), bytes.size(), flags));
    }

    bool has_something_to_receive() const {
        pollfd asked{number(), POLLIN, 0};
        return checked(::poll(&asked, 1, 0)) > 0;
    }

    /// As many bytes as this. REQUIRES: they come by themselves.
    std::string receive(std::size_t size) {
        std::string bytes(size, '\0');
        checked(::recv(number(), bytes.data(), size, MSG_WAITALL));
        return bytes;
    }

    /// Breaks the connection off: the other end is told by a reset.
    void reset() {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        checked(::setsockopt(number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
        close();
    }

    void close() { socket_ = HostDescriptor(-1); }

private:
    HostDescriptor socket_;
};

}  // namespace yos
