#pragma once

// The kernel's device for sockets of the host: TCP over IPv4 and IPv6, and Unix-domain streams.
// Boost.Asio makes, configures and binds them and parses addresses; it is known in host_sockets.cpp
// alone, and runs nothing: from here on a socket is a HostFile like any other.

#include "kernel/host/host_stream.h"
#include "kernel/uapi/address.h"

#include <memory>

namespace yos {

class HostSockets {
public:
    explicit HostSockets(Poller& poller);
    ~HostSockets();

    /// A listener. Throws std::system_error: EADDRINUSE, EACCES, EADDRNOTAVAIL, EMFILE and the
    /// like, as the host says.
    std::shared_ptr<HostStream> listen(const Address& address);

    /// A stream whose connection is under way; HostFile::connected tells of it.
    std::shared_ptr<HostFile> connect(const Address& address);

    /// Where a listener or a stream is bound: tells the port that the host chose for port 0.
    static Address local_address(const HostFile& file);

private:
    class Io;

    void remove_stale(const Address& address);

    Poller& poller_;
    std::unique_ptr<Io> io_;
};

}  // namespace yos
