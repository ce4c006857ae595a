#pragma once

// The network, as the kernel reaches it: streams over TCP or within a machine.

#include "kernel/uapi/address.h"
#include "kernel/world/device_file.h"

#include <memory>
#include <string>
#include <vector>

namespace yos {

class Sockets {
public:
    virtual ~Sockets() = default;

    /// A listener. Throws std::system_error: EADDRINUSE, EACCES, EADDRNOTAVAIL, EMFILE and the
    /// like.
    virtual std::shared_ptr<File> listen(const Address& address) = 0;

    /// A stream whose connection is under way; DeviceFile::connected tells of it.
    virtual std::shared_ptr<DeviceFile> connect(const Address& address) = 0;

    /// The addresses of a host by that name, the best first; one at least. Blocks: it is for a job
    /// of Threads, on whatever thread that is run. Throws std::system_error with EHOSTUNREACH.
    virtual std::vector<Address> resolve(const std::string& host, unsigned short port) const = 0;
};

}  // namespace yos
