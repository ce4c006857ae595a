// Includes go downward only: programs -> syscalls -> kernel -> tasks. And each package is known in
// the one place that wraps it.

#include "tests/catch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
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

bool is_in(const std::vector<std::string>& directories, const std::string& path) {
    return std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
        return path.starts_with(directory + "/");
    });
}

/// The includes that a floor may not have; as `FILE includes WHAT`.
std::vector<std::string> offences_in(const std::string& floor,
                                     const std::vector<std::string>& allowed,
                                     const std::string& except_in = {}) {
    const std::vector<Include> includes = includes_in(floor);
    CHECK(includes.size() > 10);
    std::vector<std::string> offences;
    for (const Include& include : includes) {
        if (include.quoted && !is_in(allowed, include.what) && include.from != except_in) {
            offences.push_back(include.from + " includes " + include.what);
        }
    }
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
    CHECK(offences_in("tasks", {"tasks"}) == Paths{});
}

TEST_CASE("kernel/ includes kernel/ and tasks/ only, but for main.cpp, which boots a program",
          "[tree]") {
    CHECK(offences_in("kernel", {"kernel", "tasks"}, "kernel/main.cpp") == Paths{});
}

TEST_CASE("syscalls/ includes syscalls/, kernel/ and tasks/ only", "[tree]") {
    CHECK(offences_in("syscalls", {"syscalls", "kernel", "tasks"}) == Paths{});
}

TEST_CASE("programs/ includes nothing of the kernel's inside", "[tree]") {
    CHECK(offences_in("programs", {"programs", "syscalls", "tasks"}) == Paths{});
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
    CHECK(users_of("boost/.*") == Paths{"kernel/host_sockets.cpp", "programs/http/parser.cpp"});
    CHECK(users_of("spdlog/.*") == Paths{"kernel/kernel_log.cpp"});
    CHECK(users_of("CLI/.*") == Paths{"kernel/main.cpp", "programs/lib/options.cpp"});
    CHECK(users_of("fmt/.*") == Paths{"programs/lib/print.h"});
    CHECK(users_of("readline/.*") ==
          Paths{"programs/terminal/readline_history.cpp", "programs/terminal/readline_lines.cpp"});
    CHECK(users_of("re2/.*") ==
          Paths{"programs/crawler.cpp", "programs/grep.cpp", "programs/grep/patterns.cpp"});
    CHECK(users_of("expat.h") == Paths{"programs/buses.cpp"});
    CHECK(users_of("nlohmann/.*") == Paths{"programs/buses.cpp", "programs/gateway.cpp"});
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
