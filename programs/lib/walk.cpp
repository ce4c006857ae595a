#include "programs/lib/walk.h"

namespace yos {
namespace {

Coroutine<> add_below(std::string directory, std::vector<std::string>& files) {
    std::vector<DirectoryEntry> entries;
    bool readable = true;
    try {
        entries = co_yield ListDirectory{directory};
    } catch (const std::system_error&) {
        readable = false;
    }
    if (!readable) {
        files.push_back(std::move(directory));
    }
    for (const DirectoryEntry& entry : entries) {
        std::string path = path_in(directory, entry.name);
        if (entry.kind == FileKind::directory) {
            co_await add_below(std::move(path), files);
        } else if (entry.kind == FileKind::regular) {
            files.push_back(std::move(path));
        }
    }
}

}  // namespace

Coroutine<bool> is_directory(std::string path) {
    try {
        const FileAttributes about = co_yield FileStatus{path};
        co_return about.kind == FileKind::directory;
    } catch (const std::system_error&) {
        co_return false;
    }
}

Coroutine<std::vector<std::string>> files_below(std::vector<std::string> paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        if (path != "-" && co_await is_directory(path)) {
            co_await add_below(path, files);
        } else {
            files.push_back(path);
        }
    }
    co_return files;
}

}  // namespace yos
