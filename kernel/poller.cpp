#include "kernel/poller.h"

#include "kernel/host_file.h"

#include <memory>
#include <utility>

namespace yos {

std::shared_ptr<HostFile> Poller::connection(HostDescriptor socket,
                                             StreamKind kind,
                                             std::string description) {
    return std::make_shared<HostStream>(*this, std::move(socket), kind, std::move(description));
}

}  // namespace yos
