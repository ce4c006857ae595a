#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/walk.h"
#include "syscalls/file_status.h"
#include "syscalls/list_directory.h"
#include "syscalls/remove.h"

namespace yos {
namespace {

struct How {
    bool recursive = false;
    bool force = false;  // what is not there is as good as removed
};

/// Removes what is at `path`, and all below it; evaluates to 1 if that went wrong somewhere.
/// Somebody who puts a link in the place of a directory meanwhile can lead it astray, as far as the
/// root.
Coroutine<int> remove(Invocation invocation, std::string path, How how) {
    int status = 0;
    std::error_code why;
    try {
        const FileAttributes file = co_yield FileStatus{path, FileStatus::Links::look_at};
        if (file.kind == FileKind::directory && !how.recursive) {
            throw std::system_error(std::make_error_code(std::errc::is_a_directory));
        }
        if (file.kind == FileKind::directory) {
            const std::vector<DirectoryEntry> entries = co_yield ListDirectory{path};
            for (const DirectoryEntry& entry : entries) {
                status |= co_await remove(invocation, path_in(path, entry.name), how);
            }
        }
        if (status == 0) {
            co_yield Remove{path};
        }
    } catch (const std::system_error& error) {
        why = error.code();
    }
    const bool is_nowhere =
        why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory;
    if (why && !(how.force && is_nowhere)) {
        status = co_await complain(invocation, path, why);
    }
    co_return status;
}

/// Behind a symbolic link they would mean what it points to.
std::string without_slashes_behind(const std::string& path) {
    return path.substr(0, path.find_last_not_of('/') + 1);
}

Coroutine<int> rm(Invocation invocation) {
    How how;
    std::vector<std::string> paths;
    Options options(invocation);
    options.files(paths, "the files to remove");
    options.flag("-r,-R,--recursive", how.recursive, "directories, with all that is in them");
    options.flag("-f,--force", how.force, "of what is not there, say nothing");
    options.example("rm -r pages");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (paths.empty() && !how.force) {
        co_return co_await options.refuse("there is no file given");
    }
    int status = 0;
    for (const std::string& given : paths) {
        const std::string path = without_slashes_behind(given);
        const std::string name = path.substr(path.rfind('/') + 1);
        if (name.empty() || name == "." || name == "..") {
            co_await print(invocation.err, "rm: {}: not this one\n", given);
            status = 1;
        } else {
            status |= co_await remove(invocation, path, how);
        }
    }
    co_return status;
}

const Program program("rm", "remove files, and directories", rm);

}  // namespace
}  // namespace yos
