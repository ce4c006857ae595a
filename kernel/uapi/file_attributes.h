#pragma once

// What the calls tell about files: their kinds and attributes, and the names in a directory.

#include "kernel/uapi/time.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace yos {

enum class FileKind { regular, directory, link, pipe, socket, character_device, block_device };

/// What the host knows of a file, apart from what is in it.
struct FileAttributes {
    FileKind kind = FileKind::regular;
    unsigned permissions = 0;  ///< the lower 12 bits of its mode
    std::uint64_t links = 0;
    std::string owner;  ///< by name, or by number if there is no name
    std::string group;
    std::uint64_t size = 0;    ///< bytes
    std::uint64_t blocks = 0;  ///< of 512 bytes each, on the disk
    WallTime modified{};
    std::string target;  ///< where it points to, if it is a symbolic link
};

/// As ls -l does, more or less: `-644 1 root root 1234`, and when it was modified, in nanoseconds
/// since 1970.
std::ostream& operator<<(std::ostream& out, const FileAttributes& about);

struct DirectoryEntry {
    std::string name;
    FileKind kind = FileKind::regular;
};

std::ostream& operator<<(std::ostream& out, const DirectoryEntry& entry);

}  // namespace yos
