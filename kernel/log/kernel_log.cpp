#include "kernel/log/kernel_log.h"

#include "kernel/limits.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <system_error>

namespace yos {
namespace {

constexpr std::array<const char*, 6> level_names = {
    "trace", "debug", "info", "warning", "error", "off"};

spdlog::level::level_enum to_spdlog(LogLevel level) {
    switch (level) {
        case LogLevel::trace:
            return spdlog::level::trace;
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
        case LogLevel::off:
            break;
    }
    return spdlog::level::off;
}

/// Where warnings are shown: somewhere else when somebody has asked for that.
class Screen final : public spdlog::sinks::base_sink<std::mutex> {
public:
    std::function<void(std::string_view)> elsewhere;

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (elsewhere) {
            return elsewhere({message.payload.data(), message.payload.size()});
        }
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    void flush_() override { std::fflush(stderr); }
};

}  // namespace

LogLevel parse_log_level(std::string_view name) {
    std::string known;
    for (std::size_t i = 0; i < level_names.size(); ++i) {
        if (name == level_names[i]) {
            return static_cast<LogLevel>(i);
        }
        known += (i == 0 ? "" : ", ") + std::string(level_names[i]);
    }
    throw std::invalid_argument("no log level \"" + std::string(name) + "\": it is one of " +
                                known);
}

class KernelLog::Sinks {
public:
    explicit Sinks(const Options& options)
        : ring(std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(limits::log_ring)),
          logger("yos", ring) {
        if (!options.file.empty()) {
            try {
                logger.sinks().push_back(
                    std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file));
            } catch (const spdlog::spdlog_ex&) {
                throw std::system_error(errno, std::generic_category(), "log file " + options.file);
            }
        }
        if (options.console) {
            screen = std::make_shared<Screen>();
            screen->set_level(spdlog::level::warn);
            logger.sinks().push_back(screen);
        }
        logger.set_level(to_spdlog(options.level));
        logger.set_pattern("%H:%M:%S.%e %l: %v");
        if (options.console) {
            screen->set_pattern("yos: %v");
        }
        logger.flush_on(spdlog::level::info);
    }

    std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> ring;
    std::shared_ptr<Screen> screen;  // null where it has none
    spdlog::logger logger;
};

KernelLog::KernelLog(const Options& options) : options_(options) {
    if (!options_.file.empty()) {
        sinks();  // if it cannot be opened, that is to be known now
    }
}
KernelLog::~KernelLog() = default;

KernelLog::Sinks& KernelLog::sinks() {
    const std::lock_guard lock(making_);
    if (sinks_ == nullptr) {
        sinks_ = std::make_unique<Sinks>(options_);
    }
    return *sinks_;
}

void KernelLog::debug(std::string_view message) noexcept {
    sinks().logger.debug(message);
}

void KernelLog::info(std::string_view message) noexcept {
    sinks().logger.info(message);
}

void KernelLog::warning(std::string_view message) noexcept {
    sinks().logger.warn(message);
}

void KernelLog::error(std::string_view message) noexcept {
    sinks().logger.error(message);
}

void KernelLog::show_on(std::function<void(std::string_view)> screen) {
    if (sinks().screen != nullptr) {
        sinks().screen->elsewhere = std::move(screen);
    }
}

std::vector<std::string> KernelLog::recent() const {
    {
        const std::lock_guard lock(making_);
        if (sinks_ == nullptr) {
            return {};
        }
    }
    std::vector<std::string> lines = sinks_->ring->last_formatted();
    for (std::string& line : lines) {
        if (!line.empty() && line.back() == '\n') {
            line.pop_back();
        }
    }
    return lines;
}

}  // namespace yos
