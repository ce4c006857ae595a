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
        File* file = kernel.descriptors().find(fd_);
        if (file == nullptr) {
            return fail(std::errc::bad_file_descriptor);
        }
        const auto* socket = dynamic_cast<HostFile*>(file);
        return socket != nullptr ? complete(HostSockets::local_address(*socket))
                                 : fail(std::errc::not_a_socket);
    }

    void print_arguments(std::ostream& out) const override { out << fd_; }

private:
    Fd fd_;
};

}  // namespace yos
