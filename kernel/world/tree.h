#pragma once

// The tree of files, as the kernel reaches it: by paths that begin at a root, out of which none
// leads. What is done to a file that is open, the file does itself.

#include "kernel/files/file.h"
#include "kernel/uapi/file_attributes.h"

#include <memory>
#include <string>
#include <vector>

namespace yos {

class Tree {
public:
    virtual ~Tree() = default;

    /// Where relative paths begin, as an absolute path from the root, without a / at its end but
    /// for the root.
    virtual std::string start() const = 0;

    /// True when the root is the host's own, so that processes see the same tree.
    virtual bool is_whole() const = 0;

    // These throw std::system_error with the path: ENOENT, EACCES and the like.

    /// `flags` and `mode` as for open(2).
    virtual std::shared_ptr<File> open(const std::string& path, int flags, unsigned mode) = 0;

    /// A symbolic link's own attributes when not told to follow it.
    virtual FileAttributes attributes(const std::string& path, bool follow) const = 0;

    /// Without `.` and `..`, by name.
    virtual std::vector<DirectoryEntry> list(const std::string& path) const = 0;

    virtual void make_directory(const std::string& path, unsigned mode) = 0;

    /// A directory must be empty; of a symbolic link it is the link that goes.
    virtual void remove(const std::string& path) = 0;
};

}  // namespace yos
