#pragma once

// Files that are descriptors of the host. Three kinds, by how one may wait for them: streams of the
// kernel's own (sockets, opened pipes and terminals) are non-blocking and watched edge by edge;
// streams that were there before (standard input) belong to others as well, so their mode stays as
// it is and they are asked before each try; regular files are always ready.

#include "kernel/file.h"
#include "kernel/poller.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace yos {

/// Owns a descriptor of the host.
class HostDescriptor {
public:
    explicit HostDescriptor(int number) : number_(number) {}
    HostDescriptor(HostDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    HostDescriptor& operator=(HostDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~HostDescriptor();

    int number() const { return number_; }
    int release() { return std::exchange(number_, -1); }

private:
    int number_;
};

class HostFile : public File {
public:
    int number() const { return number_; }

    /// The host said that it is ready: wakes those who can go on now.
    virtual void became(const Readiness& /*ready*/) {}

    /// What a connect under way has come to; would_block for those who wait in `writers`.
    /// REQUIRES: it was started.
    virtual IoResult connected() { return IoResult::failed(std::errc::not_a_socket); }

    std::optional<TerminalSize> terminal_size() const override;

protected:
    HostFile(int number, std::string description, WaitQueue::Waker waker)
        : File(waker), number_(number), description_(std::move(description)) {}

    std::string describe() const override { return description_; }

    /// What the host says of a connect that has ended.
    IoResult connect_result() const;

private:
    int number_;
    std::string description_;
};

/// A non-blocking stream or listener of the kernel's own. What the host said of its readiness is
/// remembered until a try says otherwise, so the fast path of an echo is recv and send alone.
class HostStream : public HostFile {
public:
    using Kind = StreamKind;

    /// REQUIRES: `descriptor` is non-blocking.
    HostStream(Poller& poller, HostDescriptor descriptor, Kind kind, std::string description);
    ~HostStream() override;

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;
    IoResult accept(std::shared_ptr<File>& connection) override;
    IoResult poll_readable() override;
    IoResult poll_writable() override;
    IoResult shutdown_writing() override;
    void became(const Readiness& ready) override;
    IoResult connected() override;

private:
    IoResult wait_for(bool& may_go_on);
    IoResult poll_for(short events, bool& may_go_on);

    Poller& poller_;
    HostDescriptor descriptor_;
    Kind kind_;
    bool may_read_ = true;  // a try may succeed; false only while the poller watches
    bool may_write_ = true;
    bool readable_ = false;  // nobody has tried since the poller said so
    bool drain_ = false;     // no further edge need tell of what lies behind a short read
    bool watched_ = false;
};

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

private:
    BorrowedStream(
        Poller& poller, int number, HostDescriptor reopened, std::string description, bool patient);

    IoResult poll_for(short events);
    bool watch(bool to_read, bool to_write);

    Poller& poller_;
    HostDescriptor reopened_;  // -1 where it is used as it came
    bool patient_;
};

class RegularFile final : public HostFile {
public:
    RegularFile(HostDescriptor descriptor, std::string description);

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;

private:
    HostDescriptor descriptor_;
};

/// The file that was opened at `path`, by its kind. REQUIRES: `descriptor` is non-blocking.
std::shared_ptr<File> make_host_file(Poller& poller,
                                     HostDescriptor descriptor,
                                     const std::string& path);

}  // namespace yos
