#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/address.h"
#include "kernel/uapi/descriptor.h"

namespace yos {

/// Opens a listener at an address, for Accept. Never blocks. EADDRINUSE, EACCES, EADDRNOTAVAIL and
/// the like: as the host says.
class Listen : public SystemCall<Descriptor> {
public:
    explicit Listen(Address address) : address_(address) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        return complete(kernel.descriptors().open(kernel.world().sockets->listen(address_)));
    }

    void print_arguments(std::ostream& out) const override { out << address_.to_string(); }

private:
    Address address_;
};

}  // namespace yos
