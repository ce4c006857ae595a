// Several people at one yos.

#include "tests/lib/person.h"
#include "tests/lib/temporary_directory.h"

#include <csignal>
#include <cstdlib>
#include <sys/stat.h>

namespace yos {
namespace {

/// Sockets in a directory of the test's own.
class Place {
public:
    Place() {
        ::setenv("XDG_RUNTIME_DIR", directory.path().c_str(), 1);
        ::setenv("TERM", "xterm", 1);
    }

    TemporaryDirectory directory;
};

TEST_CASE("several attach to one kernel, each with jobs of their own", "[attach]") {
    const Place place;
    Person host;
    host.sees_at_cursor("yos$ ");
    Person guest({"attach"});
    guest.sees_at_cursor("yos$ ");
    Person other({"attach", std::to_string(host.process().pid())});
    other.sees_at_cursor("yos$ ");

    guest.type("sleep 1000 &\r");
    guest.sees_at_cursor("yos$ ");
    other.type("jobs; echo none of mine\r");
    other.sees("none of mine");
    guest.runs("jobs > mine; wc -l < mine", "1");
    other.type("sleep 2000\r");
    other.sees("yos$ sleep 2000");
    other.type("\x03");
    other.sees("^C");
    other.runs("echo status $?", "status 130");

    guest.type("exit\r");
    CHECK(guest.leaves() == 0);
    other.runs("echo still here", "still here");
    host.type("exit 3\r");
    CHECK(host.leaves() == 3);
    other.sees("attach: the yos at the other end has gone");
    CHECK(other.leaves() == 1);
}

TEST_CASE("who attached and is killed leaves nothing behind", "[attach]") {
    const Place place;
    Person host;
    host.sees_at_cursor("yos$ ");
    {
        Person guest({"attach"});
        guest.sees_at_cursor("yos$ ");
        guest.type("cat | wc -c\r");
        guest.type("a line\r");
        guest.sees("a line");
        guest.process().signal(SIGKILL);
        guest.leaves();
    }
    host.type("until [ $(ps | grep -c -E 'session|keyboard|cat') = 0 ]; do sleep 0.01; done\r");
    host.runs("echo 'all gone'", "all gone");
    host.type("exit 0\r");
    CHECK(host.leaves() == 0);
}

TEST_CASE("only the owner can attach", "[attach]") {
    const Place place;
    Person host;
    host.sees_at_cursor("yos$ ");
    const auto directory = place.directory.path() / ("yos-" + std::to_string(::geteuid()));
    struct stat about {};
    REQUIRE(::stat(directory.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0700);
    host.type("exit 0\r");
    CHECK(host.leaves() == 0);
    CHECK(std::filesystem::is_empty(directory));
}

TEST_CASE("a directory that others may enter is not trusted", "[attach]") {
    const Place place;
    const auto directory = place.directory.path() / ("yos-" + std::to_string(::geteuid()));
    std::filesystem::create_directory(directory);
    std::filesystem::permissions(directory, std::filesystem::perms::all);
    Person host;
    host.sees_at_cursor("yos$ ");
    CHECK(host.process().output().find("is not a directory of yours alone") != std::string::npos);
    host.type("exit 0\r");
    CHECK(host.leaves() == 0);
}

TEST_CASE("attach says when there is nobody to attach to", "[attach]") {
    const Place place;
    Process yos({"attach"});
    CHECK(yos.wait() == 1);
    CHECK(yos.output() == "yos: attach: no yos of yours has a shell to attach to\n");
    Process other({"attach", "1"});
    CHECK(other.wait() == 1);
    CHECK(other.output().find("process number 1 has a shell") != std::string::npos);
}

TEST_CASE("commands can be piped into an attached shell", "[attach]") {
    const Place place;
    Person host;
    host.sees_at_cursor("yos$ ");
    Process guest({"attach"});
    guest.type("echo through a pipe\nexit\n");
    guest.expect("through a pipe");
    CHECK(guest.wait() == 0);
    for (const auto& [commands, status] : std::vector<std::pair<std::string, int>>{
             {"true\n", 0}, {"false\n", 1}, {"nosuchprogram\n", 127}, {"exit 5\ntrue\n", 5}}) {
        CAPTURE(commands);
        Process another({"attach"});
        another.type(commands);
        CHECK(another.wait() == status);
    }
    host.type("exit 0\r");
    CHECK(host.leaves() == 0);
}

TEST_CASE("who attached is let go when the session is killed", "[attach]") {
    const Place place;
    Person host;
    host.sees_at_cursor("yos$ ");
    Person guest({"attach"});
    guest.sees_at_cursor("yos$ ");
    host.type("ps | grep ' session$' | while read tid rest; do kill $tid; done\r");
    guest.sees("attach: the yos at the other end has gone");
    CHECK(guest.leaves() == 1);
    host.type("exit 0\r");
    CHECK(host.leaves() == 0);
}

TEST_CASE("who attached can leave a yos that hangs", "[attach][hostile]") {
    const Place place;
    Person host;
    host.sees_at_cursor("yos$ ");
    Person guest({"attach"});
    guest.sees_at_cursor("yos$ ");
    host.process().signal(SIGSTOP);
    guest.type("\x1c");  // Ctrl-backslash
    CHECK(guest.leaves() == 128 + SIGQUIT);
    host.process().signal(SIGCONT);
    host.type("exit 0\r");
    CHECK(host.leaves() == 0);
}

TEST_CASE("a window that is closed ends its session", "[attach][hostile]") {
    const Place place;
    Process host({}, Process::Through::terminal);
    host.expect("yos$ ");
    host.type("cat | wc -c\r");
    host.expect("wc -c");
    host.hang_up();
    CHECK(host.wait() > 0);
}

}  // namespace
}  // namespace yos
