#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "programs/lib/walk.h"
#include "syscalls/make_directory.h"
#include "syscalls/tried.h"

namespace yos {
namespace {

/// Makes one directory. Evaluates to what went wrong.
Coroutine<std::error_code> make(std::string path) {
    const auto made = co_yield Tried{MakeDirectory{path}};
    co_return made.error();
}

/// Makes a directory, and those above it, as far as they are not there; that they are there already
/// is no failure. Evaluates to what went wrong.
Coroutine<std::error_code> make_with_parents(std::string path) {
    std::error_code why;
    std::size_t end = 0;
    do {
        end = std::min(path.find('/', end + 1), path.size());
        why = co_await make(path.substr(0, end));
        if (why == std::errc::file_exists) {
            const bool usable = co_await is_directory(path.substr(0, end));
            why = make_error_code(usable ? std::errc() : std::errc::not_a_directory);
        }
    } while (!why && end != path.size());
    co_return why;
}

Coroutine<int> mkdir(Invocation invocation) {
    std::vector<std::string> paths;
    bool parents = false;
    Options options(invocation);
    options.rest("DIR", paths, "the directories to make", true);
    options.flag("-p,--parents", parents, "those above it too; what is there already may stay");
    options.example("mkdir -p pages/images");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    int status = 0;
    for (const std::string& path : paths) {
        std::error_code why;
        if (parents) {
            why = co_await make_with_parents(path);
        } else {
            why = co_await make(path);
        }
        if (why) {
            status = co_await complain(invocation, path, why);
        }
    }
    co_return status;
}

const Program program("mkdir", "make directories", mkdir);

}  // namespace
}  // namespace yos
