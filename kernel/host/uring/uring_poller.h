#pragma once

// The poller over io_uring. Files that are watched for readiness (listeners, pipes, terminals) get
// it from the host's poll operations; sockets that are connected are streams of another kind, which
// have the host receive and send for them (see uring_stream.h). All that files ask for between two
// waits goes to the host with the one call that waits.

#include "kernel/host/host_file.h"
#include "kernel/host/host_poller.h"
#include "kernel/host/uring/receive_buffers.h"
#include "kernel/host/uring/uring.h"

#include <unordered_map>
#include <vector>

namespace yos {

class UringPoller final : public HostPoller {
public:
    /// Throws std::system_error where the host has no io_uring, or not enough of it.
    UringPoller();

    /// Gives peers a moment to take what was written to them; on another thread than the kernel ran
    /// on, what is still to be sent is lost. The last of its files must be gone.
    ~UringPoller() override;

    bool watch(HostFile& file) override;
    bool watch_once(HostFile& file, bool to_read, bool to_write) override;
    void forget(HostFile& file) noexcept override;
    std::shared_ptr<HostFile> connection(HostDescriptor socket,
                                         StreamKind kind,
                                         std::string description) override;
    bool has_unsubmitted() const override { return uring_.has_unsubmitted(); }
    void submit() override;
    void check_thread() const override;
    std::span<Readiness> wait(std::optional<Duration> limit) override;
    void interrupt() noexcept override;

    // ---- For what it watches and for its streams ----

    Uring& uring() { return uring_; }
    ReceiveBuffers& buffers() { return buffers_; }

    /// Can the host go on to receive, without being asked for each piece? From Linux 6.0; before,
    /// the first try tells.
    bool can_go_on() const { return can_go_on_; }
    void cannot_go_on() { can_go_on_ = false; }

    /// Adds to what wait() gives: for each completion that it tells of.
    void report(const Readiness& ready) { ready_.push_back(ready); }

private:
    class Watch;

    bool start(HostFile& file, unsigned events, bool once);
    void end(HostFile* file);
    void drain();

    Uring uring_;
    ReceiveBuffers buffers_{uring_};
    std::unordered_map<HostFile*, Watch*> watches_;
    HostDescriptor wake_up_;
    std::vector<Readiness> ready_;
    bool can_go_on_ = true;
};

}  // namespace yos
