// What is no module, or not one that can be loaded here.

#include "tests/kernel/modules/module_shell.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace yos {
namespace {

namespace fs = std::filesystem;

/// A file of its own that begins as a copy of a module and goes away with the test.
class Copy {
public:
    explicit Copy(const std::string& of)
        : path_(fs::temp_directory_path() / ("libcopy-" + std::to_string(::getpid()) + ".so")) {
        fs::copy_file(of, path_, fs::copy_options::overwrite_existing);
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    ~Copy() { fs::remove(path_); }

    const fs::path& path() const { return path_; }

    std::string bytes() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::string& bytes) const {
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    }

private:
    fs::path path_;
};

/// What load says of a file. The kernel goes on.
std::string complaint_about(const std::string& file) {
    const ProgramRun run = shell("load " + file + "; echo status $?; echo fine; load");
    CHECK(run.out.find("status 1\nfine\n") == 0);
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') == 4);  // no module but the executable
    return run.err;
}

TEST_CASE("a file that is not there or cannot be read is refused", "[modules]") {
    CHECK(complaint_about("/nowhere/libx.so") ==
          "load: /nowhere/libx.so: No such file or directory\n");
    CHECK(complaint_about("/") == "load: /: Is a directory\n");
    CHECK(complaint_about("/dev/zero").find("load: /dev/zero is no regular file") == 0);
}

TEST_CASE("a file that is no module is refused", "[modules]") {
    CHECK(complaint_about(YOS_SOURCE_DIR "/README.md").find("is no shared object") !=
          std::string::npos);
    CHECK(complaint_about(module_file("stranger")).find("is no yos module") != std::string::npos);
}

TEST_CASE("a module that does not link is refused, with the reason", "[modules]") {
    const std::string complaint = complaint_about(module_file("incomplete"));
    CHECK(complaint.find("undefined symbol") != std::string::npos);
    CHECK(complaint.find("missing_function") != std::string::npos);
}

TEST_CASE("a module that was built with other flags is refused", "[modules]") {
    const std::string complaint = complaint_about(module_file("checked"));
    CHECK(complaint.find("was built for yos " YOS_VERSION " (headers ") != std::string::npos);
    CHECK(complaint.find("_GLIBCXX_DEBUG)") != std::string::npos);
    CHECK(complaint.find("and this is yos " YOS_VERSION) != std::string::npos);
    CHECK(complaint.find("build it again") != std::string::npos);
}

TEST_CASE("a module of another version is refused", "[modules]") {
    const Copy copy(lodger);
    std::string bytes = copy.bytes();
    const std::string mark = "yos-module ";
    bytes[bytes.find(mark) + mark.size()] = '9';
    copy.write(bytes);
    CHECK(complaint_about(copy.path()).find("was built for yos 9.") != std::string::npos);
}

TEST_CASE("a module whose end is missing is refused, wherever it was cut off", "[modules]") {
    const Copy copy(lodger);
    const std::string bytes = copy.bytes();
    for (const std::size_t eighths : {0, 1, 2, 3, 4, 5, 6, 7}) {
        CAPTURE(eighths);
        copy.write(bytes.substr(0, 10 + bytes.size() * eighths / 8));
        CHECK(complaint_about(copy.path()).find("is not complete") != std::string::npos);
    }
    copy.write(bytes.substr(0, bytes.size() - 1));
    CHECK(complaint_about(copy.path()).find("is not complete") != std::string::npos);
    copy.write("");
    CHECK(complaint_about(copy.path()).find("is no shared object") != std::string::npos);
}

TEST_CASE("a module is loaded once, by whatever name", "[modules]") {
    const ProgramRun twice = shell(load_lodger + load_lodger + "greet");
    CHECK(twice.err.find("load: a module lodger is loaded already, from " + lodger) == 0);
    CHECK(twice.status == 0);

    const fs::path link =
        fs::temp_directory_path() / ("libother-" + std::to_string(::getpid()) + ".so");
    fs::create_hard_link(lodger, link);
    const ProgramRun other = shell(load_lodger + "load " + link.string() + "; greet");
    fs::remove(link);
    CHECK(other.err.find("is loaded already, as module lodger") != std::string::npos);
    CHECK(other.status == 0);
}

TEST_CASE("a module whose program's name is taken is refused, and the old one stays", "[modules]") {
    const ProgramRun run = shell("load " + module_file("impostor") + "; echo still me; load");
    CHECK(run.err == "load: " + module_file("impostor") +
                         " has a program \"echo\", and there is one of this name already\n");
    CHECK(run.out.find("still me\n") == 0);
    CHECK(run.out.find("impostor") == std::string::npos);
}

}  // namespace
}  // namespace yos
