#include "kernel/host/host_tree.h"

#include "syscalls/file_status.h"
#include "syscalls/list_directory.h"
#include "syscalls/make_directory.h"
#include "syscalls/open.h"
#include "tests/lib/machine.h"
#include "tests/lib/temporary_directory.h"

#include <fcntl.h>

namespace yos {
namespace {

namespace fs = std::filesystem;

/// A root with a secret outside.
class Cell {
public:
    Cell() {
        write_to("secret", "secret");
        fs::create_directories("root/inside/deeper");
        write_to("root/file", "five!");
        fs::create_symlink("/file", "root/absolute");
        fs::create_symlink("../secret", "root/relative");
        fs::create_symlink("../../../../../../secret", "root/inside/far");
        fs::create_symlink((directory_.path() / "secret").string(), "root/by_name");
    }

    std::string root() const { return (directory_.path() / "root").string(); }

private:
    TemporaryDirectory directory_;
};

/// A tree of the host's, and the poller that its files need.
struct TreeAt {
    explicit TreeAt(const std::string& root) : tree(*poller, root) {}

    const std::unique_ptr<HostPoller> poller = make_epoll_poller();
    HostTree tree;
};

std::errc error_of(HostTree& tree, const std::string& path, int flags = O_RDONLY) {
    try {
        tree.open(path, flags, 0600);
        return {};
    } catch (const std::system_error& failure) {
        return static_cast<std::errc>(failure.code().value());
    }
}

TEST_CASE("no path leads out of the kernel's root", "[kernel]") {
    const Cell cell;
    TreeAt at(cell.root());
    HostTree& tree = at.tree;
    const auto none = std::errc::no_such_file_or_directory;
    for (const char* path : {"../secret",
                             "/../secret",
                             "inside/../../secret",
                             "inside/deeper/../../../secret",
                             "relative",
                             "inside/far",
                             "by_name",
                             "/proc/self/root/etc"}) {
        CAPTURE(path);
        CHECK(error_of(tree, path) == none);
        CHECK_THROWS_AS(tree.attributes(path, true), std::system_error);
    }
    CHECK(error_of(tree, "/../../file") == std::errc{});
    CHECK(error_of(tree, "absolute") == std::errc{});
    CHECK(error_of(tree, "../../new", O_WRONLY | O_CREAT) == std::errc{});
    CHECK(fs::exists(cell.root() + "/new"));
    tree.make_directory("../made", 0777);
    CHECK(fs::is_directory(cell.root() + "/made"));
}

TEST_CASE("relative paths begin where the process is, if that is below the root", "[kernel]") {
    const Cell cell;
    fs::current_path("root/inside");
    TreeAt at(cell.root());
    HostTree& tree = at.tree;
    CHECK(error_of(tree, "deeper") == std::errc{});
    CHECK(error_of(tree, "../file") == std::errc{});
    CHECK(error_of(tree, "file") == std::errc::no_such_file_or_directory);
    fs::current_path("/");
    TreeAt from_outside(cell.root());
    CHECK(error_of(from_outside.tree, "file") == std::errc{});
}

TEST_CASE("a root must be a directory", "[kernel]") {
    const Cell cell;
    CHECK_THROWS_AS(TreeAt(cell.root() + "/file"), std::system_error);
    CHECK_THROWS_AS(TreeAt(cell.root() + "/nothing"), std::system_error);
}

TEST_CASE("a path with a zero byte is none", "[kernel]") {
    TreeAt whole("/");
    CHECK(error_of(whole.tree, std::string("/\0etc", 5)) == std::errc::invalid_argument);
}

TEST_CASE("the attributes of a file are the host's", "[kernel]") {
    const Cell cell;
    TreeAt at(cell.root());
    HostTree& tree = at.tree;
    fs::permissions(cell.root() + "/file", fs::perms(0640));
    const FileAttributes file = tree.attributes("absolute", true);
    CHECK(file.kind == FileKind::regular);
    CHECK(file.size == 5);
    CHECK(file.permissions == 0640);
    CHECK(file.links == 1);
    const FileAttributes link = tree.attributes("absolute", false);
    CHECK(link.kind == FileKind::link);
    CHECK(link.target == "/file");
    CHECK(tree.attributes("inside", true).kind == FileKind::directory);
    const auto age = std::chrono::system_clock::now() - file.modified;
    CHECK(age < std::chrono::hours(1));
    CHECK(age > -std::chrono::hours(1));
}

Coroutine<> look_around(std::vector<std::string>& names, std::vector<std::errc>& errors) {
    const std::vector<DirectoryEntry> entries = co_yield ListDirectory{"/"};
    for (const DirectoryEntry& entry : entries) {
        names.push_back(entry.name);
    }
    try {
        co_yield ListDirectory{"/file"};
    } catch (const std::system_error& failure) {
        errors.push_back(static_cast<std::errc>(failure.code().value()));
    }
    try {
        co_yield FileStatus{"/../secret"};
    } catch (const std::system_error& failure) {
        errors.push_back(static_cast<std::errc>(failure.code().value()));
    }
    try {
        co_yield MakeDirectory{"/inside"};
    } catch (const std::system_error& failure) {
        errors.push_back(static_cast<std::errc>(failure.code().value()));
    }
    try {
        const Descriptor file = co_yield Open{"/relative"};
    } catch (const std::system_error& failure) {
        errors.push_back(static_cast<std::errc>(failure.code().value()));
    }
}

TEST_CASE("all calls that take a path stay below the root", "[syscalls]") {
    const Cell cell;
    Kernel::Options options = Machine::on_host();
    options.root = cell.root();
    Machine machine(options);
    std::vector<std::string> names;
    std::vector<std::errc> errors;
    machine.run(look_around(names, errors));
    CHECK(names == std::vector<std::string>{"absolute", "by_name", "file", "inside", "relative"});
    CHECK(errors == std::vector<std::errc>{std::errc::not_a_directory,
                                           std::errc::no_such_file_or_directory,
                                           std::errc::file_exists,
                                           std::errc::no_such_file_or_directory});
}

}  // namespace
}  // namespace yos
