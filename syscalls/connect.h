#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/address.h"
#include "kernel/uapi/descriptor.h"

namespace yos {

/// Connects to an address. Blocks until the peer has answered; woken by the poller. EAGAIN: the
/// queue of a Unix-domain listener is full, so try again later. ECONNREFUSED, ETIMEDOUT,
/// EHOSTUNREACH and the like: as the host says.
class Connect : public SystemCall<Descriptor> {
public:
    explicit Connect(Address address) : address_(address) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (!stream_) {
            stream_ = kernel.world().sockets->connect(address_);
        }
        const IoResult result = stream_->connected();
        if (result.must_wait()) {
            return block_on(self, stream_->writers);
        }
        return result.ok() ? complete(kernel.descriptors().open(std::move(stream_)))
                           : fail(result.error);
    }

    void print_arguments(std::ostream& out) const override { out << address_.to_string(); }

private:
    Address address_;
    std::shared_ptr<DeviceFile> stream_;
};

}  // namespace yos
