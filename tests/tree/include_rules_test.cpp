// Includes go downward only: programs -> syscalls -> kernel -> tasks, and so from room to room
// within the kernel. Each package is known in the one place that wraps it.

#include "tests/lib/catch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace yos {
namespace {

namespace fs = std::filesystem;

const fs::path root = YOS_SOURCE_DIR;

struct Include {
    std::string from;  // path from the top of the tree
    std::string what;  // as written
    bool quoted;
};

std::vector<Include> includes_of(const fs::path& file) {
    static const std::regex directive(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
    std::vector<Include> includes;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (std::regex_search(line, match, directive)) {
            includes.push_back({fs::relative(file, root).string(), match[2], match[1] == "\""});
        }
    }
    return includes;
}

/// All includes of the files below a directory.
std::vector<Include> includes_in(const std::string& directory) {
    std::vector<Include> includes;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / directory)) {
        if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") {
            const std::vector<Include> found = includes_of(entry.path());
            includes.insert(includes.end(), found.begin(), found.end());
        }
    }
    return includes;
}

/// Is `path` in one of these rooms (`kernel/time`), or below one of these floors (`tasks/`), or one
/// of these files?
bool is_in(const std::vector<std::string>& places, const std::string& path) {
    return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
        return place.ends_with('/') ? path.starts_with(place)
                                    : path == place || fs::path(path).parent_path() == place;
    });
}

/// The includes, by the files of a place, of what is in none of the places allowed to them; as
/// `FILE includes WHAT`.
std::vector<std::string> offences_in(const std::string& place,
                                     const std::vector<std::string>& allowed) {
    std::vector<std::string> offences;
    std::size_t looked_at = 0;
    for (const Include& include : includes_in(place)) {
        if (!include.quoted || !is_in({place}, include.from)) {
            continue;
        }
        ++looked_at;
        if (!is_in(allowed, include.what)) {
            offences.push_back(include.from + " includes " + include.what);
        }
    }
    CHECK(looked_at > 1);
    return offences;
}

/// The files that include a package, whose headers match `pattern`.
std::vector<std::string> users_of(const std::string& pattern) {
    std::vector<std::string> users;
    for (const char* floor : {"tasks", "kernel", "syscalls", "programs"}) {
        for (const Include& include : includes_in(floor)) {
            if (!include.quoted && std::regex_match(include.what, std::regex(pattern)) &&
                std::find(users.begin(), users.end(), include.from) == users.end()) {
                users.push_back(include.from);
            }
        }
    }
    std::sort(users.begin(), users.end());
    return users;
}

using Paths = std::vector<std::string>;

TEST_CASE("tasks/ includes nothing of the floors above", "[tree]") {
    CHECK(offences_in("tasks/", {"tasks/"}) == Paths{});
}

TEST_CASE("each room of kernel/ includes only what lies below it", "[tree]") {
    const std::vector<std::pair<std::string, Paths>> rooms = {
        {"kernel/uapi", {}},
        {"kernel/sync", {}},
        {"kernel/log", {"kernel/limits.h"}},
        {"kernel/doors", {"kernel/uapi", "kernel/log"}},
        {"kernel/time", {"kernel/uapi", "kernel/doors"}},
        {"kernel/files", {"kernel/uapi", "kernel/limits.h"}},
        {"kernel/world", {"kernel/uapi", "kernel/doors", "kernel/time", "kernel/files"}},
        {"kernel/host",
         {"kernel/uapi", "kernel/files", "kernel/log", "kernel/world", "kernel/limits.h"}},
        {"kernel/host/uring", {"kernel/uapi", "kernel/files", "kernel/host", "kernel/limits.h"}},
        {"kernel/simulated", {"kernel/uapi", "kernel/files", "kernel/world", "kernel/limits.h"}},
        {"kernel/modules", {"kernel/uapi", "kernel/log"}},
        // The core: the kernel itself.
        {"kernel",
         {"kernel/uapi",
          "kernel/doors",
          "kernel/time",
          "kernel/log",
          "kernel/files",
          "kernel/world",
          "kernel/host",
          "kernel/modules"}},
        {"kernel/terminal", {"kernel/uapi", "kernel/files", "kernel"}},
    };
    for (auto [room, below] : rooms) {
        below.insert(below.end(), {room, "tasks/"});
        CHECK(offences_in(room, below) == Paths{});
    }

    std::set<std::string> found;
    for (const Include& include : includes_in("kernel")) {
        found.insert(fs::path(include.from).parent_path().string());
    }
    CHECK(found.size() == rooms.size());
}

TEST_CASE("syscalls/ includes syscalls/, kernel/ and tasks/ only", "[tree]") {
    CHECK(offences_in("syscalls/", {"syscalls/", "kernel/", "tasks/"}) == Paths{});
}

TEST_CASE("programs/ includes nothing of the kernel's inside, but for boot/, which makes a kernel",
          "[tree]") {
    Paths offences = offences_in(
        "programs/", {"programs/", "syscalls/", "tasks/", "kernel/uapi", "kernel/sync"});
    std::erase_if(offences,
                  [](const std::string& each) { return each.starts_with("programs/boot/"); });
    CHECK(offences == Paths{});
}

TEST_CASE("what programs share includes no program", "[tree]") {
    CHECK(offences_in("programs/lib",
                      {"programs/lib", "syscalls/", "tasks/", "kernel/uapi", "kernel/sync"}) ==
          Paths{});
}

TEST_CASE("every header is included by its path from the top of the tree", "[tree]") {
    for (const char* directory : {"tasks", "kernel", "syscalls", "programs", "tests"}) {
        for (const Include& include : includes_in(directory)) {
            if (include.from.starts_with("tests/package/")) {
                continue;  // projects of their own
            }
            INFO(include.from << " includes " << include.what);
            CHECK((!include.quoted || fs::exists(root / include.what)));
        }
    }
}

TEST_CASE("every header is included once", "[tree]") {
    for (const char* floor : {"tasks", "kernel", "syscalls", "programs"}) {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / floor)) {
            if (entry.path().extension() != ".h") {
                continue;
            }
            std::ifstream file(entry.path());
            std::string first;
            std::getline(file, first);
            INFO(entry.path());
            CHECK(first == "#pragma once");
        }
    }
}

TEST_CASE("each package is known in the place that wraps it, and nowhere else", "[tree]") {
    CHECK(users_of("boost/.*") ==
          Paths{"kernel/host/host_sockets.cpp", "programs/web/http/parser.cpp"});
    CHECK(users_of("spdlog/.*") == Paths{"kernel/log/kernel_log.cpp"});
    CHECK(users_of("CLI/.*") == Paths{"programs/boot/main.cpp", "programs/lib/options.cpp"});
    CHECK(users_of("fmt/.*") == Paths{"programs/lib/print.h"});
    CHECK(users_of("readline/.*") ==
          Paths{"programs/terminal/readline_history.cpp", "programs/terminal/readline_lines.cpp"});
    CHECK(users_of("re2/.*") == Paths{"programs/text/grep.cpp",
                                      "programs/text/patterns.cpp",
                                      "programs/web/crawler.cpp"});
    CHECK(users_of("expat.h") == Paths{"programs/course/buses.cpp"});
    CHECK(users_of("nlohmann/.*") ==
          Paths{"programs/course/buses.cpp", "programs/web/gateway.cpp"});
    CHECK(users_of("catch2/.*") == Paths{});
}

TEST_CASE("no floor uses a package that is not listed here", "[tree]") {
    // The standard library has no slash in its names, and the system these before it.
    const std::regex known(
        "[a-z_0-9]+|((sys|arpa|net|netinet|linux)/)?[a-z_0-9]+\\.h|"
        "(boost|spdlog|CLI|fmt|re2|readline|nlohmann)/.*");
    for (const char* floor : {"tasks", "kernel", "syscalls", "programs"}) {
        for (const Include& include : includes_in(floor)) {
            INFO(include.from << " includes <" << include.what << ">");
            CHECK((include.quoted || std::regex_match(include.what, known)));
        }
    }
}

}  // namespace
}  // namespace yos
