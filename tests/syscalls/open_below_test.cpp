#include "syscalls/open_below.h"

#include "syscalls/file_status.h"
#include "syscalls/list_directory.h"
#include "syscalls/open.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/read_at.h"
#include "tests/lib/machine.h"
#include "tests/lib/temporary_directory.h"

namespace yos {
namespace {

namespace fs = std::filesystem;

/// A folder with a secret beside it, and all kinds of links.
class Site {
public:
    Site() {
        write_to("secret", "secret");
        fs::create_directories("site/inside/deeper");
        write_to("site/file", "0123456789");
        fs::create_symlink("file", "site/link");
        fs::create_symlink("../file", "site/inside/up");
        fs::create_symlink("../secret", "site/out");
        fs::create_symlink((directory_.path() / "site/file").string(), "site/absolute");
        fs::create_symlink("/", "site/root");
        fs::create_symlink("loop", "site/loop");
    }

private:
    TemporaryDirectory directory_;
};

/// What it fails with; success when it does not.
Coroutine<std::errc> failure_of(Fd directory, std::string path) {
    try {
        const Descriptor opened = co_yield OpenBelow{directory, path};
    } catch (const std::system_error& failure) {
        co_return static_cast<std::errc>(failure.code().value());
    }
    co_return std::errc{};
}

Coroutine<> open_all(std::vector<std::string> paths, std::vector<std::errc>& failures) {
    const Descriptor site = co_yield Open{"site"};
    for (const std::string& path : paths) {
        failures.push_back(co_await failure_of(site, path));
    }
}

std::vector<std::errc> failures_of(const std::vector<std::string>& paths) {
    HostMachine machine;
    std::vector<std::errc> failures;
    machine.run(open_all(paths, failures));
    return failures;
}

TEST_CASE("OpenBelow opens what is below, by whichever path leads there", "[syscalls]") {
    const Site site;
    for (const std::errc failure : failures_of({"file",
                                                "link",
                                                "inside/up",
                                                "inside/../file",
                                                "./inside//deeper/",
                                                ".",
                                                "inside/.."})) {
        CHECK(failure == std::errc{});
    }
}

TEST_CASE("nothing that OpenBelow opens is outside", "[syscalls]") {
    const Site site;
    for (const std::errc failure : failures_of({"..",
                                                "../secret",
                                                "inside/../../secret",
                                                "inside/deeper/../../../secret",
                                                "/etc/passwd",
                                                "/",
                                                "out",
                                                "absolute",
                                                "root",
                                                "root/etc/passwd"})) {
        CHECK(failure == std::errc::cross_device_link);
    }
}

TEST_CASE("OpenBelow fails as the host says, and with EINVAL for a path with a zero byte",
          "[syscalls]") {
    const Site site;
    CHECK(failures_of({"nothing", "file/below", "loop", std::string("file\0", 5)}) ==
          std::vector{std::errc::no_such_file_or_directory,
                      std::errc::not_a_directory,
                      std::errc::too_many_symbolic_link_levels,
                      std::errc::invalid_argument});
}

Coroutine<> open_below_others(std::vector<std::errc>& failures) {
    const Descriptor file = co_yield Open{"site/file"};
    failures.push_back(co_await failure_of(file, "file"));
    const PipeEnds pipe = co_yield Pipe{};
    failures.push_back(co_await failure_of(pipe.reader, "file"));
    const Fd closed;
    failures.push_back(co_await failure_of(closed, "file"));
}

TEST_CASE("OpenBelow wants a directory that is open", "[syscalls]") {
    const Site site;
    HostMachine machine;
    std::vector<std::errc> failures;
    machine.run(open_below_others(failures));
    CHECK(failures == std::vector{std::errc::not_a_directory,
                                  std::errc::not_a_directory,
                                  std::errc::bad_file_descriptor});
}

Coroutine<> look_at_open_files(std::vector<std::string>& names, FileAttributes& about) {
    const Descriptor site = co_yield Open{"site"};
    for (int i = 0; i < 2; ++i) {
        const std::vector<DirectoryEntry> entries = co_yield ListDirectory{site.fd()};
        for (const DirectoryEntry& entry : entries) {
            names.push_back(entry.name);
        }
    }
    const Descriptor file = co_yield OpenBelow{site, "link"};
    about = co_yield FileStatus{file.fd()};
}

TEST_CASE("what is open can be listed and looked at without a path, and more than once",
          "[syscalls]") {
    const Site site;
    HostMachine machine;
    std::vector<std::string> names;
    FileAttributes about;
    machine.run(look_at_open_files(names, about));
    const std::vector<std::string> all = {
        "absolute", "file", "inside", "link", "loop", "out", "root"};
    std::vector<std::string> twice = all;
    twice.insert(twice.end(), all.begin(), all.end());
    CHECK(names == twice);
    CHECK(about.kind == FileKind::regular);
    CHECK(about.size == 10);
}

Coroutine<> read_here_and_there(std::vector<std::string>& pieces, std::errc& of_pipe) {
    const Descriptor file = co_yield Open{"site/file"};
    std::string buffer(4, '\0');
    for (const std::uint64_t offset : {3, 8, 10, 1'000'000, 0}) {
        const std::size_t got = co_yield ReadAt{file, offset, buffer};
        pieces.push_back(buffer.substr(0, got));
    }
    const std::size_t got = co_yield Read{file, buffer};
    pieces.push_back(buffer.substr(0, got));
    const PipeEnds pipe = co_yield Pipe{};
    try {
        co_yield ReadAt{pipe.reader, 0, buffer};
    } catch (const std::system_error& failure) {
        of_pipe = static_cast<std::errc>(failure.code().value());
    }
}

TEST_CASE("ReadAt reads from anywhere, and leaves where Read goes on as it is", "[syscalls]") {
    const Site site;
    HostMachine machine;
    std::vector<std::string> pieces;
    std::errc of_pipe{};
    machine.run(read_here_and_there(pieces, of_pipe));
    CHECK(pieces == std::vector<std::string>{"3456", "89", "", "", "0123", "0123"});
    CHECK(of_pipe == std::errc::invalid_seek);
}

}  // namespace
}  // namespace yos
