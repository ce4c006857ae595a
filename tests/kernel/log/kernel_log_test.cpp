#include "kernel/log/kernel_log.h"

#include "kernel/limits.h"
#include "tests/lib/catch.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace yos {
namespace {

/// A directory of its own, which goes with all that is in it.
class Directory {
public:
    Directory() {
        std::string pattern = std::filesystem::temp_directory_path() / "yos-test-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::system_error(errno, std::generic_category(), pattern);
        }
        path_ = pattern;
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    ~Directory() { std::filesystem::remove_all(path_); }

    std::string operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The messages, without the time before each.
std::vector<std::string> messages(const KernelLog& log) {
    std::vector<std::string> messages;
    for (const std::string& line : log.recent()) {
        messages.push_back(line.substr(line.find(' ') + 1));
    }
    return messages;
}

KernelLog::Options quiet(LogLevel level = LogLevel::info, std::string file = {}) {
    return {.level = level, .file = std::move(file), .console = false};
}

std::vector<std::string> logged_at(LogLevel level) {
    KernelLog log(quiet(level));
    log.debug("d");
    log.info("i");
    log.warning("w");
    log.error("e");
    return messages(log);
}

std::string what_of_log_level(std::string_view name) {
    try {
        parse_log_level(name);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "no error";
}

TEST_CASE("the kernel log keeps what is at its level or above", "[kernel]") {
    using Messages = std::vector<std::string>;
    const Messages all{"debug: d", "info: i", "warning: w", "error: e"};
    CHECK(logged_at(LogLevel::trace) == all);
    CHECK(logged_at(LogLevel::debug) == all);
    CHECK(logged_at(LogLevel::info) == Messages{"info: i", "warning: w", "error: e"});
    CHECK(logged_at(LogLevel::warning) == Messages{"warning: w", "error: e"});
    CHECK(logged_at(LogLevel::error) == Messages{"error: e"});
    CHECK(logged_at(LogLevel::off).empty());
}

TEST_CASE("log levels go by their names", "[kernel]") {
    CHECK(parse_log_level("trace") == LogLevel::trace);
    CHECK(parse_log_level("debug") == LogLevel::debug);
    CHECK(parse_log_level("info") == LogLevel::info);
    CHECK(parse_log_level("warning") == LogLevel::warning);
    CHECK(parse_log_level("error") == LogLevel::error);
    CHECK(parse_log_level("off") == LogLevel::off);
}

TEST_CASE("a wrong log level is named, and so are the right ones", "[kernel]") {
    const std::string known = "it is one of trace, debug, info, warning, error, off";
    CHECK(what_of_log_level("loud") == "no log level \"loud\": " + known);
    CHECK(what_of_log_level("") == "no log level \"\": " + known);
    CHECK(what_of_log_level("INFO") == "no log level \"INFO\": " + known);
    CHECK(what_of_log_level("infos") == "no log level \"infos\": " + known);
}

TEST_CASE("the kernel log remembers its last messages, oldest first", "[kernel]") {
    KernelLog log(quiet());
    const int more = static_cast<int>(limits::log_ring) + 5;
    for (int i = 0; i < more; ++i) {
        log.info(std::to_string(i));
    }
    const std::vector<std::string> kept = messages(log);
    REQUIRE(kept.size() == limits::log_ring);
    CHECK(kept.front() == "info: 5");
    CHECK(kept.back() == "info: " + std::to_string(more - 1));
}

TEST_CASE("the kernel log takes messages as they are", "[kernel]") {
    KernelLog log(quiet());
    log.info("{} {0} %s %d {");
    log.info("");
    log.info(std::string(100'000, 'x'));
    const std::vector<std::string> kept = messages(log);
    REQUIRE(kept.size() == 3);
    CHECK(kept[0] == "info: {} {0} %s %d {");
    CHECK(kept[1] == "info: ");
    CHECK(kept[2] == "info: " + std::string(100'000, 'x'));
}

TEST_CASE("the kernel log appends to its file, at once", "[kernel]") {
    const Directory directory;
    const std::string path = directory / "log";
    std::ofstream(path) << "before\n";
    KernelLog log(quiet(LogLevel::info, path));
    log.info("first");
    log.debug("below its level");
    log.error("second");
    const std::string text = read_file(path);
    CHECK(text.starts_with("before\n"));
    CHECK(text.find("info: first\n") != std::string::npos);
    CHECK(text.find("error: second\n") != std::string::npos);
    CHECK(text.find("below") == std::string::npos);
}

TEST_CASE("a log file that cannot be written is an error that names it", "[kernel]") {
    const Directory directory;
    std::ofstream(directory / "file") << "not a directory\n";
    for (const std::string& path : {directory / "file/log", std::string("/dev/null/log")}) {
        std::error_code code;
        std::string what;
        try {
            const KernelLog log(quiet(LogLevel::info, path));
        } catch (const std::system_error& error) {
            code = error.code();
            what = error.what();
        }
        CHECK(code == std::errc::not_a_directory);
        CHECK(what == "log file " + path + ": Not a directory");
    }
}

TEST_CASE("a log file that is a directory is an error", "[kernel]") {
    const Directory directory;
    std::error_code code;
    try {
        const KernelLog log(quiet(LogLevel::info, directory / ""));
    } catch (const std::system_error& error) {
        code = error.code();
    }
    CHECK(code == std::errc::is_a_directory);
}

TEST_CASE("kernel logs are independent of each other", "[kernel]") {
    KernelLog one(quiet());
    KernelLog other(quiet(LogLevel::error));
    one.info("for one");
    other.error("for the other");
    CHECK(messages(one) == std::vector<std::string>{"info: for one"});
    CHECK(messages(other) == std::vector<std::string>{"error: for the other"});
}

TEST_CASE("the kernel log takes messages from several threads", "[kernel]") {
    KernelLog log(quiet());
    const auto write = [&] {
        for (int i = 0; i < 100; ++i) {
            log.info("message");
        }
    };
    std::thread other(write);
    write();
    other.join();
    CHECK(messages(log) == std::vector<std::string>(200, "info: message"));
}

}  // namespace
}  // namespace yos
