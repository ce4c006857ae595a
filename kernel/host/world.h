#pragma once

// The world outside, as the kernel reaches it: these devices, and nothing else of the host.

#include "kernel/host/host_sockets.h"
#include "kernel/host/host_terminal.h"
#include "kernel/host/host_tree.h"
#include "kernel/host/poller.h"
#include "kernel/host/signals.h"
#include "kernel/host/thread_pool.h"

#include <memory>
#include <string>

namespace yos {

class KernelLog;

struct World {
    /// `root`: of the file tree. Throws std::system_error where the host refuses a device.
    explicit World(IoBackend io, const std::string& root, KernelLog& log);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    const std::unique_ptr<Poller> poller;
    Signals signals;
    ThreadPool threads;
    HostSockets sockets;
    HostTree tree;
    const std::shared_ptr<HostTerminal> terminal;
};

}  // namespace yos
