#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/address.h"
#include "kernel/uapi/fd.h"

namespace yos {

/// Where is a socket bound? Tells the port that the host chose for port 0. Never blocks. EBADF: not
/// open. ENOTSOCK: no socket.
class LocalAddress : public SystemCall<Address> {
public:
    explicit LocalAddress(Fd fd) : fd_(fd) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto socket = kernel.descriptors().find(fd_);
        return socket ? complete(socket->local_address()) : fail(socket.error());
    }

    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
