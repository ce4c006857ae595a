#pragma once

// The long form of ls.

#include "syscalls/file_status.h"
#include "syscalls/get_time_zone.h"
#include "syscalls/wall_clock.h"

#include <string>
#include <vector>

namespace yos {

struct Listed {
    std::string name;
    FileAttributes about;
    TimeZone zone = {};  ///< here, when it was modified
};

/// One line for each: `-rw-r--r-- 1 owner group 1234 Mar 25 09:00 name`. The year instead of the
/// time of day if it is half a year from `now`.
std::string long_listing(const std::vector<Listed>& files, bool human, WallTime now);

/// `bytes` as a number, rounded up to whole `unit`s; or for people, as in 1.5K.
std::string readable_size(std::uint64_t bytes, bool human, std::uint64_t unit = 1);

/// What ls -F puts behind a name; may be empty.
std::string mark_of(const FileAttributes& about);

}  // namespace yos
