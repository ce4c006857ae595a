#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "programs/lib/walk.h"
#include "syscalls/tried.h"

#include <algorithm>
#include <array>
#include <fnmatch.h>

namespace yos {
namespace {

struct Wanted {
    std::string name;          ///< a pattern as the shell has them; empty: any
    bool ignore_case = false;  ///< in it
    std::string type;          ///< a letter; empty: any
    std::int64_t least_depth = 0;
    std::int64_t most_depth = INT64_MAX;

    bool matches(std::string_view path, FileKind kind) const {
        const auto last = path.find_last_not_of('/');
        const auto slash = path.find_last_of('/', last);
        const bool root = last == std::string_view::npos;
        const std::string base(root ? path : path.substr(slash + 1, last - slash));
        const bool named =
            name.empty() ||
            ::fnmatch(name.c_str(), base.c_str(), ignore_case ? FNM_CASEFOLD : 0) == 0;
        constexpr std::string_view letters = "fdlpscb";  // in the order of FileKind
        return named && (type.empty() || letters[static_cast<std::size_t>(kind)] == type.front());
    }
};

/// Goes down from one path, for what is `wanted`. The status is in `status`.
Coroutine<> go_through(Invocation invocation,
                       std::string path,
                       FileKind kind,
                       std::int64_t depth,
                       const Wanted* wanted,
                       int& status) {
    if (depth >= wanted->least_depth && wanted->matches(path, kind)) {
        co_await print(invocation.out, "{}\n", path);
    }
    if (kind != FileKind::directory || depth == wanted->most_depth) {
        co_return;
    }
    const auto entries = co_yield Tried{ListDirectory{path}};
    if (!entries) {
        status = co_await complain(invocation, path, entries.error());
        co_return;
    }
    for (const DirectoryEntry& entry : *entries) {
        co_await go_through(
            invocation, path_in(path, entry.name), entry.kind, depth + 1, wanted, status);
    }
}

/// find's options are words behind a single dash.
void double_the_dashes(std::vector<std::string>& words) {
    constexpr std::array<std::string_view, 5> names = {
        "-name", "-iname", "-type", "-maxdepth", "-mindepth"};
    for (std::string& word : words) {
        if (std::find(names.begin(), names.end(), word) != names.end()) {
            word.insert(0, 1, '-');
        }
    }
}

Coroutine<int> find(Invocation invocation) {
    Wanted wanted;
    std::string name_of_any_case;
    Number most_depth{.value = INT64_MAX};
    Number least_depth{.value = 0};
    std::vector<std::string> paths;
    double_the_dashes(invocation.words);
    Options options(invocation);
    options.files(paths, "where to look; none: where we are");
    options.option("--name", "PATTERN", wanted.name, "only files of such a name; - will do for --");
    options.option("--iname", "PATTERN", name_of_any_case, "likewise, A and a are the same");
    options.option(
        "--type", "LETTER", wanted.type, "f: files, d: directories, l: links, p, s, c, b");
    options.option("--maxdepth", "N", most_depth, "go down no more than this");
    options.option("--mindepth", "N", least_depth, "leave out what is less far down");
    options.example("find programs -name '*.cpp' -type f");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    constexpr std::string_view types = "fdlpscb";
    if (wanted.type.size() > 1 ||
        (!wanted.type.empty() && types.find(wanted.type) == std::string_view::npos)) {
        co_return co_await options.refuse("\"" + wanted.type + "\" is not one of f d l p s c b");
    }
    if (!name_of_any_case.empty()) {
        wanted.name = name_of_any_case;
        wanted.ignore_case = true;
    }
    wanted.most_depth = most_depth.value;
    wanted.least_depth = least_depth.value;
    if (paths.empty()) {
        paths.emplace_back(".");
    }
    int status = 0;
    for (const std::string& path : paths) {
        const auto about = co_yield Tried{FileStatus{path, FileStatus::Links::look_at}};
        if (about) {
            co_await go_through(invocation, path, about->kind, 0, &wanted, status);
        } else {
            status = co_await complain(invocation, "'" + path + "'", about.error());
        }
    }
    co_return status;
}

const Program program("find", "list all files below a directory", find);

}  // namespace
}  // namespace yos
