#include "kernel/host/host_world.h"

#include "kernel/host/borrowed_stream.h"
#include "kernel/host/host_poller.h"
#include "kernel/host/host_process.h"
#include "kernel/host/host_signals.h"
#include "kernel/host/host_sockets.h"
#include "kernel/host/host_terminal.h"
#include "kernel/host/host_tree.h"
#include "kernel/host/thread_pool.h"

#include <csignal>
#include <random>

namespace yos {
namespace {

std::uint64_t host_entropy() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

std::unique_ptr<Signals> host_signals(Poller& poller, bool take_signals) {
    auto signals = std::make_unique<HostSignals>(poller);
    if (take_signals) {
        signals->claim(SIGINT);
        signals->claim(SIGTERM);
        if (!HostSignals::is_ignored(SIGHUP)) {  // as nohup has it
            signals->claim(SIGHUP);
        }
    }
    return signals;
}

}  // namespace

Devices host_devices(const WorldOptions& options, KernelLog& log) {
    std::unique_ptr<HostPoller> poller = make_poller(options.io, log);
    Devices devices;
    devices.virtual_time = options.virtual_time;
    devices.signals = host_signals(*poller, options.take_signals);
    devices.threads = std::make_unique<ThreadPool>(*poller);
    devices.sockets = std::make_unique<HostSockets>(*poller);
    devices.tree = std::make_unique<HostTree>(*poller, options.root);
    devices.processes = std::make_unique<HostProcesses>(*poller);
    devices.terminal = std::make_shared<HostTerminal>(*devices.signals);
    if (options.standard_streams) {
        int number = 0;
        for (const char* name : {"standard input", "standard output", "standard error"}) {
            devices.standard_streams.push_back(std::make_shared<BorrowedStream>(
                *poller, number++, name, options.virtual_time, devices.terminal));
        }
    }
    devices.entropy = host_entropy;
    devices.poller = std::move(poller);
    return devices;
}

}  // namespace yos
