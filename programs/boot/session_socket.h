#pragma once

// Where a yos listens for people who attach to it: a socket of the host's in a directory that only
// its owner may enter.

#include <string>

namespace yos {

/// The path for this process. Makes the directory, in $XDG_RUNTIME_DIR or else in /tmp. Throws
/// std::system_error when it cannot, or when there is one that others may enter.
std::string session_socket();

/// The path at which another yos of this user listens. `which` is the number of its process, or the
/// path itself, or empty for the youngest. Throws std::runtime_error when there is none.
std::string find_session(const std::string& which);

}  // namespace yos
