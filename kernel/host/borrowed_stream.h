#pragma once

#include "kernel/host/host_file.h"

#include <optional>
#include <span>
#include <string>
#include <termios.h>

namespace yos {

/// A stream that the kernel was started with. Its open file is shared with other processes.
class BorrowedStream final : public HostFile {
public:
    /// With `patient`, a write waits in the host, and the whole kernel with it: what a virtual
    /// clock wants, whose runs must not depend on how fast their output is read.
    BorrowedStream(Poller& poller, int number, std::string description, bool patient);
    ~BorrowedStream() override;

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;
    IoResult poll_readable() override;
    IoResult poll_writable() override;
    void became(const Readiness& ready) override;
    IoResult want_keys(Tid job, int change) override;

private:
    BorrowedStream(
        Poller& poller, int number, HostDescriptor reopened, std::string description, bool patient);

    IoResult poll_for(short events);
    bool watch(bool to_read, bool to_write);
    void begin_keys();
    void end_keys();

    Poller& poller_;
    HostDescriptor reopened_;  // -1 where it is used as it came
    bool patient_;
    int want_keys_ = 0;                   // how many
    std::optional<termios> before_keys_;  // how the terminal was
};

}  // namespace yos
