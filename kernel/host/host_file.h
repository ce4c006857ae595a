#pragma once

// Files that are descriptors of the host. Three kinds, by how one may wait for them: streams of the
// kernel's own (sockets, opened pipes and terminals: host_stream.h) are non-blocking and watched
// edge by edge; streams that were there before (standard input: borrowed_stream.h) belong to others
// as well, so their mode stays as it is and they are asked before each try; regular files are
// always ready.

#include "kernel/host/host_poller.h"
#include "kernel/world/device_file.h"

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

class HostFile : public DeviceFile {
public:
    /// Its descriptor.
    int number() const final { return number_; }

    IoResult read_at(std::uint64_t offset, std::span<char> buffer) override;
    FileAttributes attributes() const override;
    std::vector<DirectoryEntry> entries() const override;
    Address local_address() const override;
    std::optional<TerminalSize> terminal_size() const override;

protected:
    HostFile(int number, std::string description, WaitQueue::Waker waker)
        : DeviceFile(waker), number_(number), description_(std::move(description)) {}

    std::string describe() const override { return description_; }

    /// What the host says of a connect that has ended.
    IoResult connect_result() const;

private:
    int number_;
    std::string description_;
};

class RegularFile final : public HostFile {
public:
    RegularFile(HostPoller& poller, HostDescriptor descriptor, std::string description);

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;

    /// Of a directory.
    std::shared_ptr<File> open_below(const std::string& path, int flags) const override;

private:
    HostPoller& poller_;  // of what is opened below
    HostDescriptor descriptor_;
};

/// The file that was opened at `path`, by its kind. A stream must be non-blocking: see HostStream.
std::shared_ptr<File> make_host_file(HostPoller& poller,
                                     HostDescriptor descriptor,
                                     const std::string& path);

}  // namespace yos
