#include "programs/boot/session_socket.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace yos {
namespace {

namespace fs = std::filesystem;

fs::path directory() {
    const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
    const fs::path base = runtime != nullptr && *runtime != '\0' ? runtime : "/tmp";
    return base / ("yos-" + std::to_string(::geteuid()));
}

/// Sockets are named by the numbers of their processes.
bool is_running(const fs::path& socket) {
    const std::string name = socket.filename();
    pid_t pid = 0;
    std::from_chars(name.data(), name.data() + name.size(), pid);
    return pid > 0 && ::kill(pid, 0) == 0;
}

/// Removes the sockets of processes that are no more: whoever was killed could not remove its own.
void remove_stale(const fs::path& where) {
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(where, failed)) {
        if (entry.is_socket(failed) && !is_running(entry.path())) {
            fs::remove(entry.path(), failed);
        }
    }
}

/// Nobody else could put a socket there, and listen to what is typed.
void check_private(const fs::path& where) {
    struct stat about {};
    if (::lstat(where.c_str(), &about) < 0 || !S_ISDIR(about.st_mode) ||
        about.st_uid != ::geteuid() || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        throw std::system_error(std::make_error_code(std::errc::permission_denied),
                                where.string() + " is not a directory of yours alone");
    }
}

}  // namespace

std::string session_socket() {
    const fs::path where = directory();
    if (::mkdir(where.c_str(), S_IRWXU) < 0 && errno != EEXIST) {
        throw std::system_error(errno, std::generic_category(), where);
    }
    check_private(where);
    remove_stale(where);
    return where / std::to_string(::getpid());
}

std::string find_session(const std::string& which) {
    const bool is_path = which.find('/') != std::string::npos;
    if (is_path) {
        return which;
    }
    std::error_code failed;
    if (fs::exists(fs::symlink_status(directory(), failed))) {
        check_private(directory());
    }
    fs::path found;
    fs::file_time_type since;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory(), failed)) {
        const fs::path& socket = entry.path();
        const bool wanted = which.empty() || socket.filename() == which;
        if (wanted && is_running(socket) && (found.empty() || entry.last_write_time() > since)) {
            found = socket;
            since = entry.last_write_time();
        }
    }
    if (found.empty()) {
        const std::string number = which.empty() ? "" : " with the process number " + which;
        throw std::runtime_error("attach: no yos of yours" + number + " has a shell to attach to");
    }
    return found;
}

}  // namespace yos
