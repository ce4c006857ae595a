#pragma once

// The host's files as the kernel's tasks see them: those below one directory, the root, out of
// which no `..` and no symbolic link leads, as after a chroot. It is the host that resolves every
// path within the root (openat2 with RESOLVE_IN_ROOT, from Linux 5.6), so there is no moment
// between a check and the use in which somebody could put a link in the way.

#include "kernel/host/host_file.h"
#include "kernel/uapi/file_attributes.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace yos {

class HostTree {
public:
    /// Relative paths begin where the host's process is, if that is below `root`; else at the root.
    /// Throws std::system_error: ENOENT, ENOTDIR and the like; ENOSYS for another root than `/`
    /// where the host has no openat2.
    explicit HostTree(const std::string& root);

    /// Where that is, as an absolute path from the root, without a / at its end but for the root.
    std::string start() const;

    // These throw std::system_error with the host's errno, and with the path.

    /// `flags` and `mode` as for open(2); the descriptor is non-blocking.
    HostDescriptor open(const std::string& path, int flags, unsigned mode = 0) const;

    /// A symbolic link's own attributes when not told to follow it.
    FileAttributes attributes(const std::string& path, bool follow) const;

    /// Without `.` and `..`, by name.
    std::vector<DirectoryEntry> list(const std::string& path) const;

    void make_directory(const std::string& path, unsigned mode) const;

    /// A directory must be empty; of a symbolic link it is the link that goes.
    void remove(const std::string& path) const;

    // What follows is about files that are open already. Throws std::system_error with the host's
    // errno; ENOTDIR where it should be a directory.

    /// What lies below `directory`: a `..`, a link or an absolute path that would lead out of it
    /// fails with EXDEV. ENOSYS where the host has no openat2.
    static HostDescriptor open_below(const HostFile& directory, const std::string& path, int flags);

    static FileAttributes attributes(const HostFile& file);
    static std::vector<DirectoryEntry> list(const HostFile& directory);

    /// Reads from `offset` on, in bytes, wherever the file stands.
    static IoResult read_at(const HostFile& file, std::uint64_t offset, std::span<char> buffer);

    /// True when the root is the host's own.
    bool is_whole() const { return root_.number() < 0; }

private:
    /// A name in its directory, there or not.
    struct Entry {
        HostDescriptor parent;
        std::string name;
    };
    Entry entry(const std::string& path) const;

    HostDescriptor root_;  // -1: all that the host has
    std::string start_;    // where relative paths begin, as seen from the root
};

}  // namespace yos
