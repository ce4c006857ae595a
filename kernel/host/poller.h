#pragma once

// The one place where the kernel sleeps: asks the host which files became ready, for at most a
// while. A small interface, so that the host's several ways of asking can stand behind it.

#include "kernel/uapi/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace yos {

class HostDescriptor;
class HostFile;
class KernelLog;

/// The host's ways: epoll tells when to try, io_uring does what it is asked and tells what came of
/// it.
enum class IoBackend {
    automatic,  ///< io_uring where the host allows it
    epoll,
    uring,
};

/// Takes `auto`, `epoll` and `uring`. Throws std::invalid_argument that lists them.
IoBackend parse_io_backend(std::string_view name);

/// What a stream of the host's is.
enum class StreamKind : std::uint8_t { plain, local_socket, tcp_socket };

/// What the host says of a file.
struct Readiness {
    HostFile* file = nullptr;
    bool readable = false;
    bool writable = false;

    /// The end of the file, a failure or an urgent byte has come, too. Whoever reads less than was
    /// asked for has then not read all: only a further read tells, and no other Readiness will.
    bool drain = false;
};

class Poller {
public:
    virtual ~Poller() = default;

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

    /// Did files ask the host for something that goes out only with the next submit() or wait()?
    virtual bool has_unsubmitted() const { return false; }
    virtual void submit() {}

    /// Throws std::logic_error on a thread on which it cannot wait.
    virtual void check_thread() const {}

    /// Waits at most `limit` (for ever when there is none) for something to become ready. What it
    /// gives is valid until the next call.
    virtual std::span<Readiness> wait(std::optional<Duration> limit) = 0;

    /// Ends a wait(), now or the next one. From any thread, and from signal handlers.
    virtual void interrupt() noexcept = 0;
};

/// The backend that every Linux has. Throws std::system_error.
std::unique_ptr<Poller> make_epoll_poller();

/// Throws std::system_error where the host has no io_uring, forbids it, or has one that is too old.
std::unique_ptr<Poller> make_uring_poller();

/// Falls back from `automatic` to epoll, and says so in the log. Throws std::system_error.
std::unique_ptr<Poller> make_poller(IoBackend backend, KernelLog& log);

}  // namespace yos
