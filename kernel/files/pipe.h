#pragma once

// Pipes inside the kernel: a bounded buffer between two ends. A full pipe makes its writers wait,
// an empty one its readers; with the write end gone, readers get the end of the file, with the read
// end gone, writers get EPIPE.

#include "kernel/files/file.h"

#include <memory>
#include <utility>

namespace yos {

/// The read end and the write end of a new pipe.
std::pair<std::shared_ptr<File>, std::shared_ptr<File>> make_pipe();

}  // namespace yos
