#pragma once

// A poller of the host's, whose files it watches.

#include "kernel/world/poller.h"
#include "kernel/world/world.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace yos {

class HostDescriptor;
class HostFile;
class KernelLog;

/// Takes `auto`, `epoll` and `uring`. Throws std::invalid_argument that lists them.
IoBackend parse_io_backend(std::string_view name);

/// What a stream of the host's is.
enum class StreamKind : std::uint8_t { plain, local_socket, tcp_socket };

class HostPoller : public Poller {
public:
    /// Tells from now on each time the file becomes ready, for both directions. Called once a file.
    /// False when the host cannot watch such a file: it is always ready.
    virtual bool watch(HostFile& file) = 0;

    /// Tells once when the file is ready for one of these, and no more until asked again: for
    /// descriptors that are not the kernel's own. False when the host cannot watch such a file: it
    /// is always ready.
    virtual bool watch_once(HostFile& file, bool to_read, bool to_write) = 0;

    /// Stops telling of a file that is about to go.
    virtual void forget(HostFile& file) noexcept = 0;

    /// Makes a file of a non-blocking socket that is connected, or will be.
    virtual std::shared_ptr<HostFile> connection(HostDescriptor socket,
                                                 StreamKind kind,
                                                 std::string description);
};

/// The backend that every Linux has. Throws std::system_error.
std::unique_ptr<HostPoller> make_epoll_poller();

/// Throws std::system_error where the host has no io_uring, forbids it, or has one that is too old.
std::unique_ptr<HostPoller> make_uring_poller();

/// Falls back from `automatic` to epoll, and says so in the log. Throws std::system_error.
std::unique_ptr<HostPoller> make_poller(IoBackend backend, KernelLog& log);

}  // namespace yos
