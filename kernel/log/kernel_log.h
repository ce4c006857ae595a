#pragma once

// The kernel's log: what a person is told of the machine's own affairs. A ring that dmesg shows, a
// file if wanted, and warnings on the standard error. Never on a fast path. spdlog does the work,
// and is known in kernel_log.cpp alone.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace yos {

enum class LogLevel { trace, debug, info, warning, error, off };

/// Throws std::invalid_argument that lists the levels.
LogLevel parse_log_level(std::string_view name);

class KernelLog {
public:
    struct Options {
        LogLevel level = LogLevel::info;
        std::string file = {};  ///< path to append to; none when empty
        bool console = true;    ///< warnings and errors go to the standard error too
    };

    /// Throws std::system_error when the file cannot be opened.
    explicit KernelLog(const Options& options);
    ~KernelLog();

    void debug(std::string_view message) noexcept;
    void info(std::string_view message) noexcept;
    void warning(std::string_view message) noexcept;
    void error(std::string_view message) noexcept;

    /// Warnings and errors are shown by this, not on the standard error; null: there again.
    void show_on(std::function<void(std::string_view)> screen);

    /// The last messages, oldest first, one line each.
    std::vector<std::string> recent() const;

private:
    class Sinks;

    /// Made for the first message: a kernel is cheap to make, and most have nothing to say.
    Sinks& sinks();

    const Options options_;
    mutable std::mutex making_;  // guards what follows; they have a lock of their own
    std::unique_ptr<Sinks> sinks_;
};

}  // namespace yos
