#include "syscalls/change_directory.h"

#include "syscalls/get_directory.h"
#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "syscalls/wait_task.h"
#include "tests/lib/machine.h"

#include <filesystem>

namespace yos {
namespace {

Coroutine<> tell_directory(std::string& directory) {
    directory = co_yield GetDirectory{};
}

Coroutine<> move_about(std::string& before, std::string& inherited, std::string& after) {
    co_yield NewTask{tell_directory(before)};
    co_yield ChangeDirectory{"/dev"};
    const Tid child = co_yield NewTask{tell_directory(inherited)};
    co_yield ChangeDirectory{"../dev/./.."};
    co_yield WaitTask{child};
    after = co_yield GetDirectory{};
}

Coroutine<> open_there() {
    co_yield ChangeDirectory{"/dev/"};
    const Descriptor null = co_yield Open{"null"};
    CHECK(null.fd() != Fd{});
}

Coroutine<> change_to(std::string path, std::errc& error) {
    try {
        co_yield ChangeDirectory{path};
    } catch (const std::system_error& failure) {
        error = static_cast<std::errc>(failure.code().value());
    }
}

TEST_CASE("ChangeDirectory holds for its caller and the children from then on", "[syscalls]") {
    HostMachine machine;
    std::string before;
    std::string inherited;
    std::string after;
    machine.run(move_about(before, inherited, after));
    CHECK(before == std::filesystem::current_path().string());
    CHECK(inherited == "/dev");
    CHECK(after == "/");
}

TEST_CASE("relative paths begin at the working directory", "[syscalls]") {
    HostMachine machine;
    machine.run(open_there());
}

TEST_CASE("ChangeDirectory refuses what is not there, or no directory", "[syscalls]") {
    for (const auto& [path, expected] : std::vector<std::pair<std::string, std::errc>>{
             {"/nosuch", std::errc::no_such_file_or_directory},
             {"", std::errc::no_such_file_or_directory},
             {"/dev/null", std::errc::not_a_directory},
             {"/dev", std::errc{}}}) {
        HostMachine machine;
        std::errc error{};
        machine.run(change_to(path, error));
        CAPTURE(path);
        CHECK(error == expected);
    }
}

}  // namespace
}  // namespace yos
