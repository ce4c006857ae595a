#pragma once

// What the calls tell about files: their kinds and attributes, and the names in a directory.

#include "kernel/uapi/time.h"

#include <cstdint>
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

struct DirectoryEntry {
    std::string name;
    FileKind kind = FileKind::regular;
};

}  // namespace yos
