#include "programs/lib/walk.h"

#include "syscalls/tried.h"

namespace yos {
namespace {

Coroutine<> add_below(std::string directory, std::vector<std::string>& files) {
    const auto entries = co_yield Tried{ListDirectory{directory}};
    if (!entries) {
        files.push_back(std::move(directory));
        co_return;
    }
    for (const DirectoryEntry& entry : *entries) {
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
    const auto about = co_yield Tried{FileStatus{path}};
    co_return about && about->kind == FileKind::directory;
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
