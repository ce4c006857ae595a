#pragma once

#include "kernel/system_call.h"
#include "kernel/uapi/address.h"
#include "kernel/world/function_job.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace yos {

/// Finds the addresses of a host by its name. Each has the given port; the best is the first, and
/// there is one at least. Blocks until whoever is asked has answered; woken by the I/O task. When
/// the caller is killed, cancelled or timed out, nobody hears the answer. EHOSTUNREACH: there is no
/// such name, or nobody who knows. (getaddrinfo of Unix)
class ResolveName : public SystemCall<std::vector<Address>> {
public:
    explicit ResolveName(std::string host, unsigned short port)
        : host_(std::move(host)), port_(port) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (job_ == nullptr) {
            const Sockets& sockets = *kernel.world().sockets;
            job_ = std::make_shared<Job>(
                [&sockets, host = host_, port = port_] { return sockets.resolve(host, port); });
            kernel.world().threads->submit(job_);
        }
        return job_->finished ? complete(job_->take()) : block_on(self, job_->waiters);
    }

    void print_arguments(std::ostream& out) const override {
        print_value(out, host_);
        out << ", " << port_;
    }

private:
    using Job = FunctionJob<std::function<std::vector<Address>()>>;

    std::string host_;
    unsigned short port_;
    std::shared_ptr<Job> job_;
};

}  // namespace yos
