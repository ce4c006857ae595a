#include "syscalls/remove.h"

#include "tests/lib/run_program.h"
#include "tests/lib/temporary_directory.h"

namespace yos {
namespace {

namespace fs = std::filesystem;

Coroutine<> remove_path(std::string path, std::error_code& error) {
    try {
        co_yield Remove{path};
    } catch (const std::system_error& failure) {
        error = failure.code();
    }
}

std::error_code removed(const std::string& path) {
    HostMachine machine;
    std::error_code error;
    machine.run(remove_path(path, error));
    return error;
}

TEST_CASE("Remove takes away a file, a link, an empty directory", "[syscalls]") {
    const TemporaryDirectory directory;
    write_to("file", "");
    fs::create_directories("full/empty");
    fs::create_symlink("full", "link");
    CHECK(removed(std::string("file\0x", 6)));
    CHECK(!removed("file"));
    CHECK(!removed("link"));
    CHECK(removed("full") == std::errc::directory_not_empty);
    CHECK(!removed("full/empty/"));
    CHECK(!removed("full"));
    CHECK(fs::is_empty("."));
    CHECK(removed("file") == std::errc::no_such_file_or_directory);
    CHECK(removed("") == std::errc::no_such_file_or_directory);
    CHECK(removed("/") == std::errc::device_or_resource_busy);
}

TEST_CASE("Remove reaches nothing outside of the kernel's root", "[syscalls]") {
    const TemporaryDirectory directory;
    write_to("secret", "");
    fs::create_directory("root");
    fs::create_directory_symlink("..", "root/out");
    Kernel::Options options = Machine::on_host();
    options.root = fs::absolute("root").string();
    for (const char* const path : {"../secret", "/../secret", "out/secret"}) {
        Machine machine(options);
        std::error_code error;
        machine.run(remove_path(path, error));
        CHECK(error == std::errc::no_such_file_or_directory);
    }
    CHECK(fs::exists("secret"));
}

TEST_CASE("rm removes files, and directories only with -r", "[programs]") {
    const TemporaryDirectory directory;
    HostMachine machine;
    fs::create_directories("a/b/c");
    write_to("a/b/file", "");
    write_to("kept", "");
    fs::create_directory_symlink("../kept", "a/link");
    const ProgramRun refused = run_program(machine, "rm", {"a", "nosuch"});
    CHECK(refused.status == 1);
    CHECK(refused.err == "rm: a: Is a directory\nrm: nosuch: No such file or directory\n");
    fs::create_directory_symlink("a", "to_a");
    CHECK(run_program(machine, "rm", {"-r", "to_a/"}).status == 0);
    CHECK(fs::exists("a/b/file"));
    CHECK(!fs::is_symlink("to_a"));
    CHECK(run_program(machine, "rm", {"-rf", "a", "nosuch"}).status == 0);
    CHECK(!fs::exists("a"));
    CHECK(fs::exists("kept"));
    const ProgramRun never = run_program(machine, "rm", {"-rf", "/", ".", "../"});
    CHECK(never.err == "rm: /: not this one\nrm: .: not this one\nrm: ../: not this one\n");
    CHECK(fs::exists("kept"));
    CHECK(run_program(machine, "rm", {}).status == 2);
    CHECK(run_program(machine, "rm", {"-f", "kept/below"}).status == 0);
}

TEST_CASE("mkdir makes directories, and with -p those above them", "[programs]") {
    const TemporaryDirectory directory;
    HostMachine machine;
    const ProgramRun refused = run_program(machine, "mkdir", {"a/b", "c", "c"});
    CHECK(refused.err == "mkdir: a/b: No such file or directory\nmkdir: c: File exists\n");
    CHECK(refused.status == 1);
    CHECK(run_program(machine, "mkdir", {"-p", "a/b", "./a//b/c/", "c"}).status == 0);
    CHECK(fs::is_directory("a/b/c"));
    CHECK(run_program(machine, "mkdir", {"-p", ""}).status == 1);
    write_to("file", "");
    const ProgramRun below = run_program(machine, "mkdir", {"-p", "file/b"});
    CHECK(below.err == "mkdir: file/b: Not a directory\n");
}

}  // namespace
}  // namespace yos
