#pragma once

// Connections within the memory of this kernel, in the manner of TCP: streams of bytes with a
// bounded buffer each way. Whoever listens at an address is found there at once; a name is known if
// it is `localhost` or written in numbers.

#include "kernel/world/sockets.h"
#include "kernel/world/world.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace yos {

class MemoryListener;

class SimulatedSockets final : public Sockets {
public:
    using Choose = std::function<std::size_t(Choice, const Candidates&)>;

    /// By how much a transfer falls short, `choose` is asked; none: never.
    explicit SimulatedSockets(Choose choose) : choose_(std::move(choose)) {}

    std::shared_ptr<File> listen(const Address& address) override;
    std::shared_ptr<DeviceFile> connect(const Address& address) override;
    std::vector<Address> resolve(const std::string& host, unsigned short port) const override;

private:
    unsigned short next_port();

    /// Who listens there, by the address as it is written; of an address, or of every interface.
    std::shared_ptr<MemoryListener> find(const Address& address) const;

    const Choose choose_;
    std::map<std::string, std::weak_ptr<MemoryListener>> listeners_;
    unsigned short last_port_ = 0;  // that was given for port 0, or to who connects
    int next_number_ = 0;
};

}  // namespace yos
