#pragma once

// What a descriptor stands for: a stream, a listener, a pipe's end, a file of the host. An
// operation is tried at once; one that cannot go on now says so, and its caller waits in `readers`
// or `writers`.

#include "kernel/uapi/address.h"
#include "kernel/uapi/file_attributes.h"
#include "kernel/uapi/terminal_size.h"
#include "tasks/tid.h"
#include "tasks/wait_queue.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace yos {

/// What a try came to.
struct IoResult {
    std::size_t bytes = 0;
    std::errc error{};  ///< none when bytes counts

    static IoResult would_block() { return {0, std::errc::operation_would_block}; }
    static IoResult failed(std::errc error) { return {0, error}; }

    bool must_wait() const { return error == std::errc::operation_would_block; }
    bool ok() const { return error == std::errc{}; }
};

class Foreground;

class File {
public:
    /// Where a task that wants to read has to stand in line, and whether it may do so now.
    struct Turn {
        WaitQueue& line;
        bool may_read = true;
    };

    explicit File(WaitQueue::Waker waker) : readers(waker), writers(waker) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    /// Those who still wait get EBADF.
    virtual ~File() {
        readers.fail_all(std::errc::bad_file_descriptor);
        writers.fail_all(std::errc::bad_file_descriptor);
    }

    /// Takes up to buffer.size() bytes; 0 at the end of the file. EBADF where nothing can be read.
    /// After would_block, `readers` are woken when there is something: no need to ask for it.
    virtual IoResult read(std::span<char> /*buffer*/) {
        return IoResult::failed(std::errc::bad_file_descriptor);
    }

    /// Gives up to bytes.size() bytes, at least one. After would_block, `writers` are woken when
    /// there is room.
    virtual IoResult write(std::span<const char> /*bytes*/) {
        return IoResult::failed(std::errc::bad_file_descriptor);
    }

    /// Takes a connection from a listener into `connection`; ENOTSOCK for anything else.
    virtual IoResult accept(std::shared_ptr<File>& /*connection*/) {
        return IoResult::failed(std::errc::not_a_socket);
    }

    /// Would read (at a listener, accept) answer at once? The end of the file and an error are
    /// answers. Changes nothing.
    virtual bool can_read() { return true; }

    /// Would write answer at once? An error is an answer. Changes nothing.
    virtual bool can_write() { return true; }

    /// Somebody is about to wait in `readers` for what can_read() denies: asks for it whoever has
    /// it, be it the poller, the host or a person. False when nobody would ever tell: then a try
    /// says why.
    virtual bool ask_for_input() { return true; }

    /// Somebody is about to wait in `writers`: asks whoever knows to tell when there is room. False
    /// when nobody would.
    virtual bool ask_for_room() { return true; }

    /// No more will be written: the peer reads the end of the file.
    virtual IoResult shutdown_writing() { return IoResult::failed(std::errc::not_a_socket); }

    // About files of a tree, directories and sockets. These throw std::system_error: what the world
    // outside says, or that it is another kind of file.

    /// Reads from `offset` on, in bytes, wherever the file stands. Fails with ESPIPE for a stream.
    virtual IoResult read_at(std::uint64_t /*offset*/, std::span<char> /*buffer*/) {
        return IoResult::failed(std::errc::invalid_seek);
    }

    /// EINVAL where there is nothing to be known.
    virtual FileAttributes attributes() const { refuse(std::errc::invalid_argument); }

    /// Without `.` and `..`, by name. ENOTDIR for what is no directory.
    virtual std::vector<DirectoryEntry> entries() const { refuse(std::errc::not_a_directory); }

    /// A file below this directory: a `..`, a link or an absolute path that would lead out of it
    /// fails with EXDEV. `flags` are those of open(2).
    virtual std::shared_ptr<File> open_below(const std::string& /*path*/, int /*flags*/) const {
        refuse(std::errc::not_a_directory);
    }

    /// Where a listener or a connection is bound: tells the port that was chosen for port 0.
    virtual Address local_address() const { refuse(std::errc::not_a_socket); }

    /// None when it is no terminal, or one that does not know.
    virtual std::optional<TerminalSize> terminal_size() const { return std::nullopt; }

    /// At most files all tasks are equal; at a terminal it depends on the job of whoever reads.
    virtual Turn turn_of(Tid /*job*/) { return {readers}; }

    /// Who has the terminal, if it is one; else null.
    virtual std::shared_ptr<Foreground> foreground() { return nullptr; }

    /// For people: `tcp 127.0.0.1:9000`.
    virtual std::string describe() const = 0;

    WaitQueue readers;
    WaitQueue writers;

private:
    [[noreturn]] void refuse(std::errc why) const {
        throw std::system_error(std::make_error_code(why), describe());
    }
};

}  // namespace yos
