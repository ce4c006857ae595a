#pragma once

// The kernel's device for sockets of the host: TCP over IPv4 and IPv6, and Unix-domain streams.
// Boost.Asio makes, configures and binds them and parses addresses; it is known in host_sockets.cpp
// alone, and runs nothing: from here on a socket is a HostFile like any other.

#include "kernel/host/host_stream.h"
#include "kernel/world/sockets.h"

#include <memory>

namespace yos {

class HostSockets final : public Sockets {
public:
    explicit HostSockets(HostPoller& poller);
    ~HostSockets() override;

    std::shared_ptr<File> listen(const Address& address) override;
    std::shared_ptr<DeviceFile> connect(const Address& address) override;
    std::vector<Address> resolve(const std::string& host, unsigned short port) const override;

private:
    class Io;

    void remove_stale(const Address& address);

    HostPoller& poller_;
    std::unique_ptr<Io> io_;
};

}  // namespace yos
