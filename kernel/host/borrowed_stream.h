#pragma once

#include "kernel/host/host_file.h"

#include <memory>
#include <span>
#include <string>

namespace yos {

/// A stream that the kernel was started with. Its open file is shared with other processes, so it
/// stays in the mode it came in: a try could block the whole kernel, and the host is asked before
/// each whether it would. A terminal alone can be opened once more, and has a mode of its own then:
/// it is tried at once, and a key that is typed costs one read.
class BorrowedStream final : public HostFile {
public:
    /// With `patient`, a write waits in the host, and the whole kernel with it: what a virtual
    /// clock wants, whose runs must not depend on how fast their output is read. `terminal`: whose
    /// stream it is, if it is a terminal's.
    BorrowedStream(HostPoller& poller,
                   int number,
                   std::string description,
                   bool patient,
                   std::shared_ptr<Foreground> terminal = nullptr);
    ~BorrowedStream() override;

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;
    bool can_read() override;
    bool can_write() override;
    bool ask_for_input() override;
    bool ask_for_room() override;
    void became(const Readiness& ready) override;
    std::shared_ptr<Foreground> foreground() override;

private:
    BorrowedStream(HostPoller& poller,
                   int number,
                   HostDescriptor reopened,
                   std::string description,
                   bool patient,
                   std::shared_ptr<Foreground> terminal);

    bool never_blocks() const { return reopened_.number() >= 0; }
    bool is_ready_for(short events) const;
    bool watch(bool to_read, bool to_write);

    HostPoller& poller_;
    HostDescriptor reopened_;  // -1 where it is used as it came
    bool patient_;
    std::shared_ptr<Foreground> terminal_;
    bool readable_ = false;  // the poller has said so, and nobody has tried since
};

}  // namespace yos
