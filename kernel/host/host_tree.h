#pragma once

// The host's files as the kernel's tasks see them: those below one directory, the root, out of
// which no `..` and no symbolic link leads, as after a chroot. It is the host that resolves every
// path within the root (openat2 with RESOLVE_IN_ROOT, from Linux 5.6), so there is no moment
// between a check and the use in which somebody could put a link in the way.

#include "kernel/host/host_file.h"
#include "kernel/world/tree.h"

#include <string>
#include <vector>

namespace yos {

class HostTree final : public Tree {
public:
    /// Relative paths begin where the host's process is, if that is below `root`; else at the root.
    /// Throws std::system_error: ENOENT, ENOTDIR and the like; ENOSYS for another root than `/`
    /// where the host has no openat2.
    HostTree(HostPoller& poller, const std::string& root);

    std::string start() const override;
    bool is_whole() const override { return root_.number() < 0; }

    std::shared_ptr<File> open(const std::string& path, int flags, unsigned mode) override;
    FileAttributes attributes(const std::string& path, bool follow) const override;
    std::vector<DirectoryEntry> list(const std::string& path) const override;
    void make_directory(const std::string& path, unsigned mode) override;
    void remove(const std::string& path) override;

    // Of what is open already, by its descriptor; for HostFile. Throw std::system_error with the
    // host's errno.

    /// ENOSYS where the host has no openat2.
    static HostDescriptor open_below(int directory, const std::string& path, int flags);
    static FileAttributes attributes_of(int file, const std::string& path);
    static std::vector<DirectoryEntry> entries_of(HostDescriptor directory,
                                                  const std::string& path);

private:
    /// Non-blocking.
    HostDescriptor open_descriptor(const std::string& path, int flags, unsigned mode = 0) const;

    /// A name in its directory, there or not.
    struct Entry {
        HostDescriptor parent;
        std::string name;
    };
    Entry entry(const std::string& path) const;

    HostPoller& poller_;
    HostDescriptor root_;  // -1: all that the host has
    std::string start_;    // where relative paths begin, as seen from the root
};

}  // namespace yos
