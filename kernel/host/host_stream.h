#pragma once

#include "kernel/host/host_file.h"

#include <memory>
#include <span>
#include <string>

namespace yos {

/// A non-blocking stream or listener of the kernel's own. The poller tells of edges: once, when the
/// host has become ready to be read from or written to after it was not. So that nothing is asked
/// twice, what it told is remembered until a try says otherwise, and the fast path of an echo is
/// recv and send alone.
class HostStream : public HostFile {
public:
    using Kind = StreamKind;

    /// In Debug throws std::logic_error unless `descriptor` is non-blocking.
    HostStream(HostPoller& poller, HostDescriptor descriptor, Kind kind, std::string description);
    ~HostStream() override;

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;
    IoResult accept(std::shared_ptr<File>& connection) override;
    bool can_read() override;
    bool can_write() override;
    bool ask_for_input() override;
    bool ask_for_room() override;
    IoResult shutdown_writing() override;
    void became(const Readiness& ready) override;
    IoResult connected() override;

private:
    IoResult wait_for(bool& may_go_on);
    bool is_ready_for(short events) const;

    HostPoller& poller_;
    HostDescriptor descriptor_;
    Kind kind_;
    bool may_read_ = true;  // a try may succeed; false only while the poller watches
    bool may_write_ = true;
    bool readable_ = false;  // the poller said so, and nobody has tried since
    bool drain_ = false;     // as in Readiness: read on behind a short read, for no edge will tell
    bool watched_ = false;   // by the poller
};

}  // namespace yos
