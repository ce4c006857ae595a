#pragma once

// Other programs, each in a process of its own, as the kernel starts them.

#include "kernel/files/file.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yos {

/// A process as a file: it can be waited for like one, and to close it is to end it. So no process
/// outlives the task that holds it.
class ProcessFile {
public:
    virtual ~ProcessFile() = default;

    /// As a shell shows it: what it exited with, or 128 and the signal that killed it. None while
    /// it runs. Then its readers are woken when it ends.
    virtual std::optional<int> status() = 0;
};

/// A process, and the other ends of its standard input and output.
struct ProcessFiles {
    std::shared_ptr<File> process;  ///< which is a ProcessFile, too
    std::shared_ptr<File> input;    ///< to be written
    std::shared_ptr<File> output;   ///< to be read
};

class Processes {
public:
    virtual ~Processes() = default;

    /// Starts words[0], which is looked for in PATH, in a process group of its own. Throws
    /// std::system_error, and std::logic_error for no words.
    virtual ProcessFiles start(const std::vector<std::string>& words,
                               const std::string& directory) = 0;
};

}  // namespace yos
