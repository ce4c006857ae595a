#pragma once

// A process of the host as a file: it can be waited for like one, for which Linux has the pidfd,
// and to close it is to end it. So no child outlives the task that holds it.

#include "kernel/host/host_stream.h"
#include "kernel/world/processes.h"

#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace yos {

class HostProcess final : public HostStream, public ProcessFile {
public:
    HostProcess(HostPoller& poller, pid_t pid, HostDescriptor pidfd, std::string description);

    /// Kills it, with all that it has started, unless it has ended.
    ~HostProcess() override;

    std::optional<int> status() override;

private:
    pid_t pid_;
    std::optional<int> status_;
};

class HostProcesses final : public Processes {
public:
    explicit HostProcesses(HostPoller& poller) : poller_(poller) {}

    ProcessFiles start(const std::vector<std::string>& words,
                       const std::string& directory) override;

private:
    HostPoller& poller_;
};

}  // namespace yos
