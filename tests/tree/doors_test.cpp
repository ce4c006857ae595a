// What comes from outside comes in by a door: nobody in the tree reads a clock, opens a file or
// asks for random bits past them. Who does so on purpose yields BypassKernel, and so says so.

#include "tests/lib/catch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace yos {
namespace {

namespace fs = std::filesystem;

const fs::path root = YOS_SOURCE_DIR;

using Names = std::set<std::string>;

/// Sources of what differs from run to run, by kind, as they are written.
const std::regex chance(
    // clocks
    R"(\b(steady_clock|system_clock|high_resolution_clock|file_clock)\b)"
    R"(|\b(clock_gettime|gettimeofday|localtime(_r)?|mktime|getrusage|times)\s*\()"
    R"(|\bstd::clock\s*\(|\btime\s*\(\s*(nullptr|NULL|0|&))"
    // random bits
    R"(|\brandom_device\b|\bgetrandom\b|\bgetentropy\b|\b(rand|srand|arc4random)\s*\()"
    // files, directories, the dynamic linker
    R"(|\b[io]?fstream\b|\bfopen\s*\(|(^|[^\w:])::(open|openat|opendir|stat|lstat|fstat|readlink)\s*\()"
    R"(|\b(fs|std::filesystem)::(?!path\b|filesystem_error\b)\w|\bdlopen\s*\()"
    // sockets, processes, threads, the environment
    R"(|(^|[^\w:])::(socket|accept4?|recv|recvfrom|getsockname|getaddrinfo|fork|isatty)\s*\()"
    R"(|\b(getpid|gethostname|getuid|uname)\s*\()"
    R"(|\bposix_spawnp?\s*\(|\bstd::(thread|jthread|async)\b|\bgetenv\s*\(|\benviron\b)"
    R"(|\bthis_thread::sleep)");

/// Comments and what stands in quotes is no code.
std::string code_of(const fs::path& file) {
    std::ifstream in(file);
    std::string code;
    for (std::string line; std::getline(in, line);) {
        line = std::regex_replace(line, std::regex(R"("([^"\\]|\\.)*")"), "\"\"");
        line.erase(std::min(line.find("//"), line.size()));
        code += line + '\n';
    }
    return code;
}

/// Those below `place` that read chance, and of them those that say that they go past the kernel.
struct Readers {
    Names all;
    Names marked;
};

Readers readers_in(const std::string& place) {
    Readers readers;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / place)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp") {
            continue;
        }
        const std::string code = code_of(entry.path());
        if (std::regex_search(code, chance)) {
            const std::string name = fs::relative(entry.path(), root).string();
            readers.all.insert(name);
            if (code.find("co_yield BypassKernel{}") != std::string::npos) {
                readers.marked.insert(name);
            }
        }
    }
    return readers;
}

Names without(Names names, const std::vector<std::string>& places) {
    std::erase_if(names, [&](const std::string& name) {
        return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
            return name.starts_with(place);
        });
    });
    return names;
}

TEST_CASE("the kernel reads chance at its doors only", "[tree]") {
    const Names readers = readers_in("kernel").all;
    CHECK(readers.contains("kernel/time/clock.h"));
    CHECK(without(readers,
                  {"kernel/host/",                   // the host's devices
                   "kernel/time/clock.",             // all of the time
                   "kernel/modules/modules.cpp",     // what is loaded, which a tape refuses
                   "kernel/log/kernel_log.cpp"}) ==  // what goes out
          Names{});
    CHECK(readers_in("syscalls").all == Names{"syscalls/manual/main.cpp"});  // makes the pages
    CHECK(readers_in("tasks").all == Names{});
}

TEST_CASE("programs read chance by calls, or say that they go past the kernel", "[tree]") {
    const Readers readers = readers_in("programs");
    CHECK(readers.marked == Names{"programs/course/cothread.cpp",
                                  "programs/network/echobad.cpp",
                                  "programs/network/echothread.cpp"});
    Names unmarked;
    std::set_difference(readers.all.begin(),
                        readers.all.end(),
                        readers.marked.begin(),
                        readers.marked.end(),
                        std::inserter(unmarked, unmarked.end()));
    CHECK(without(unmarked,
                  {"programs/boot/",               // makes the kernel
                   "programs/terminal/readline_",  // the person's own terminal
                   "programs/tour/tool/"}) ==      // renews the pages
          Names{});
}

TEST_CASE("what reads chance is found, wherever it stands in a line", "[tree]") {
    for (const char* line : {"const auto now = std::chrono::steady_clock::now();",
                             "using HostClock = std::chrono::steady_clock;",
                             "const auto size = std::filesystem::file_size(path);",
                             "seed(time(nullptr) + getpid());",
                             "std::ifstream in(path);",
                             "return ::open(path, O_RDONLY);",
                             "std::random_device device;",
                             "    const char* home = std::getenv(name);",
                             "if (x) ::localtime_r(&seconds, &parts);",
                             "std::thread worker([] {});"}) {
        CAPTURE(line);
        CHECK(std::regex_search(line, chance));
    }
    for (const char* line : {"co_await Folder::open(path);",
                             "const Time now = co_yield Now{};",
                             "const std::filesystem::path start = tree.start();",
                             "table.open(std::move(file));",
                             "IoResult HostStream::read(std::span<char> buffer) {"}) {
        CAPTURE(line);
        CHECK_FALSE(std::regex_search(line, chance));
    }
}

}  // namespace
}  // namespace yos
