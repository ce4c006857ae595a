#pragma once

// A process of the host as a file: it can be waited for like one, for which Linux has the pidfd,
// and to close it is to end it. So no child outlives the task that holds it.

#include "kernel/host/host_stream.h"

#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace yos {

class HostProcess final : public HostStream {
public:
    HostProcess(Poller& poller, pid_t pid, HostDescriptor pidfd, std::string description);

    /// Kills it, with all that it has started, unless it has ended.
    ~HostProcess() override;

    /// As a shell shows it: what it exited with, or 128 and the signal that killed it. None while
    /// it runs. Then `readers` are woken when it ends.
    std::optional<int> status();

private:
    pid_t pid_;
    std::optional<int> status_;
};

/// A process, and the other ends of its standard input and output.
struct ProcessFiles {
    std::shared_ptr<HostProcess> process;
    std::shared_ptr<File> input;   ///< to be written
    std::shared_ptr<File> output;  ///< to be read
};

/// Starts words[0], which is looked for in PATH, in a process group of its own. Throws
/// std::system_error, and std::logic_error for no words.
ProcessFiles start_process(Poller& poller,
                           const std::vector<std::string>& words,
                           const std::string& directory);

}  // namespace yos
