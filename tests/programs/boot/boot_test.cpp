// The machine as a whole, booted without a terminal.

#include "tests/lib/catch.h"
#include "tests/lib/process.h"
#include "tests/lib/temporary_directory.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace yos {
namespace {

struct Result {
    int status;
    std::string output;  // standard output and standard error
};

Result boot(std::vector<std::string> arguments, const std::string& input = {}) {
    Process yos(std::move(arguments));
    yos.type(input);
    const int status = yos.wait();
    return {status, yos.output()};
}

Result run(const std::string& commands) {
    return boot({"-c", commands});
}

TEST_CASE("a run of commands ends with the status of the last command", "[boot]") {
    CHECK(run("true").status == 0);
    CHECK(run("false").status == 1);
    CHECK(run("false; true").status == 0);
    CHECK(run("exit 7; true").status == 7);
    CHECK(run("").status == 0);
    CHECK(run("false; exit").status == 1);
}

TEST_CASE("the shell understands words, quotes, comments, semicolons and $?", "[boot]") {
    const Result result =
        run("echo a  'b  c' \"d $? e\" f\\ g h'i'\"j\" # no; echo more\nfalse; echo $?");
    CHECK(result.output == "a b  c d 0 e f g hij\n1\n");
    CHECK(result.status == 0);
}

TEST_CASE("echorace runs its servers and loads in processes of their own", "[boot]") {
    const Result result = run("echorace -n 2 -m 3");
    CHECK(result.status == 0);
    CHECK(result.output.find("3 processes, 2 clients each ") == 0);
    CHECK(result.output.find("\ncoroutines took ") != std::string::npos);
    CHECK(result.output.find("nan") == std::string::npos);
}

TEST_CASE("a line that means nothing is refused as a whole, with status 2", "[boot]") {
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"echo a; echo 'b", "unclosed ' quote"},
        {"echo \"b", "unclosed \" quote"},
        {"; echo a", "column 1: \";\": no command before it"},
        {"echo a; & echo b", "column 9: \"&\": no command before it"},
        {"echo a | | cat", "no command before it"},
        {"echo a\\", "escapes nothing"},
    };
    for (const auto& [line, complaint] : refused) {
        CAPTURE(line);
        const Result result = run(line);
        CHECK(result.status == 2);
        CHECK(result.output.find("sh: ") == 0);
        CHECK(result.output.find(complaint) != std::string::npos);
    }
}

TEST_CASE("an unknown program is 127, with the nearest name suggested", "[boot]") {
    const Result result = run("echo-sever 9000");
    CHECK(result.status == 127);
    CHECK(result.output == "sh: no program \"echo-sever\": did you mean echo-server?\n");
    CHECK(run("qqqqqqq").output == "sh: no program \"qqqqqqq\"; help lists them\n");
}

TEST_CASE("jobs in the background are listed, waited for and killed", "[boot]") {
    const Result result = boot({"--virtual-time",
                                "-c",
                                "sleep 5 & sleep 9 & jobs; kill %1; jobs; wait %2; jobs; wait %1"});
    CHECK(result.output ==
          "[1] task 2: sleep 5\n[2] task 3: sleep 9\n[1] killed by 4: sleep 5\n"
          "[2] task 3: sleep 9\nsh: no job \"%1\": jobs lists them\n");
    CHECK(result.status == 1);
}

TEST_CASE("wait tells the status of the job it names", "[boot]") {
    CHECK(run("false & wait %1").status == 1);
    CHECK(run("false & wait").status == 0);
}

TEST_CASE("the machine halts with its shell, whatever else still runs", "[boot]") {
    const Result result = run("echo-server 0 & ticker & echo done");
    CHECK(result.status == 0);
    CHECK(result.output.find("done\n") != std::string::npos);
}

TEST_CASE("equal seeds give equal hashes, other seeds other ones", "[boot]") {
    const auto hash = [](const std::string& seed) {
        const Result result =
            boot({"--virtual-time",
                  "--seed",
                  seed,
                  "--hash",
                  "-c",
                  "ticker 5 --every 7 & countdown 20 & ticker 9 --every 3 & wait"});
        REQUIRE(result.status == 0);
        const auto at = result.output.find("run hash: ");
        REQUIRE(at != std::string::npos);
        return result.output.substr(at);
    };
    const std::string seven = hash("7");
    CHECK(seven.size() == std::string("run hash: 0123456789abcdef\n").size());
    for (int i = 0; i < 5; ++i) {
        CHECK(hash("7") == seven);
    }
    CHECK(hash("8") != seven);
}

/// What the README shows below a line.
std::string shown_below(const std::string& line) {
    const std::string readme = content_of(YOS_SOURCE_DIR "/README.md");
    const auto at = readme.find(line + "\n");
    REQUIRE(at != std::string::npos);
    const auto begin = at + line.size() + 1;
    return readme.substr(begin, readme.find("```", begin) - begin);
}

TEST_CASE("the runs with a hash that the README shows print what it shows", "[boot][readme]") {
    const std::map<std::string, std::string> runs = {
        {"--virtual-time", "ticker 3 & countdown 5 & wait"},
        {"--simulated", "echo-server 9000 & blaster localhost 9000 -n 5 -m 20; kill %1"}};
    for (const auto& [flag, commands] : runs) {
        const Result result = boot({flag, "--seed", "7", "--hash", "-c", commands});
        CHECK(result.output ==
              shown_below("$ ./boot " + flag + " --seed 7 --hash -c '" + commands + "'"));
    }
}

TEST_CASE("a simulated world takes commands only, and says so", "[boot]") {
    const Result result = boot({"--simulated"});
    CHECK(result.status == 2);
    CHECK(result.output.starts_with("yos: --simulated needs -c COMMANDS: "));
}

TEST_CASE("the pipeline that the README shows prints what it shows", "[boot][readme]") {
    const TemporaryDirectory directory;
    const std::string commands =
        "countdown 3 | while read n; do echo \"$n more\"; done > later; cat later";
    CHECK(boot({"-c", commands}).output == shown_below("yos$ " + commands));
}

TEST_CASE("wrong flags are refused with status 2 and the way to help", "[boot]") {
    for (const std::vector<std::string>& flags :
         std::vector<std::vector<std::string>>{{"--seed", "x"},
                                               {"--seed"},
                                               {"--quantum", "0"},
                                               {"--quantum", "257"},
                                               {"--frobnicate"},
                                               {"--log-level", "loud"},
                                               {"--max-tasks", "-1"},
                                               {"--io", "select"}}) {
        CAPTURE(flags);
        const Result result = boot(flags);
        CHECK(result.status == 2);
        CHECK(result.output.find("yos: ") == 0);
        CHECK(result.output.find("yos --help") != std::string::npos);
    }
    CHECK(boot({"--help"}).status == 0);
    CHECK(boot({"--log-level", "loud"}).output.find("trace, debug, info") != std::string::npos);
    CHECK(boot({"--io", "select"}).output.find("auto, epoll, uring") != std::string::npos);
}

TEST_CASE("yos tells its version", "[boot]") {
    const Result result = boot({"--version"});
    CHECK(result.output == "yos " YOS_VERSION "\n");
    CHECK(result.status == 0);
}

TEST_CASE("a log file that cannot be written is said to be so", "[boot]") {
    const Result result = boot({"--log-file", "/dev/null/log", "-c", "true"});
    CHECK(result.status == 1);
    CHECK(result.output.find("/dev/null/log") != std::string::npos);
}

TEST_CASE("a script is run line by line from a file, and from the input", "[boot]") {
    const std::string lines = "echo one\nfalse\necho $?\nexit 4\necho never\n";
    const Result piped = boot({}, lines);
    CHECK(piped.output == "one\n1\n");
    CHECK(piped.status == 4);

    const auto path = std::filesystem::temp_directory_path() /
                      ("yos-boot-test-" + std::to_string(::getpid()) + ".ysh");
    std::ofstream(path) << lines;
    const Result file = boot({path.string()});
    CHECK(file.output == piped.output);
    CHECK(file.status == 4);
    std::filesystem::remove(path);
}

TEST_CASE("a script that cannot be read is named, and the status tells why", "[boot]") {
    const Result missing = boot({"no/such.ysh"});
    CHECK(missing.output == "sh: no/such.ysh: No such file or directory\n");
    CHECK(missing.status == 127);
    const Result directory = boot({"/tmp"});
    CHECK(directory.output == "sh: /tmp: Is a directory\n");
    CHECK(directory.status == 126);
}

TEST_CASE("a program in a script reads the lines that follow it", "[boot]") {
    CHECK(boot({}, "cat\nthis is\nfor cat\n").output == "this is\nfor cat\n");
}

TEST_CASE("beyond --max-tasks no task can be had, and the machine goes on", "[boot]") {
    const Result result =
        boot({"--max-tasks", "2", "--virtual-time", "-c", "sleep 1 & echo more; exit 3"});
    CHECK(result.output.find("sh: ") == 0);
    CHECK(result.output.find("Resource temporarily unavailable") != std::string::npos);
}

TEST_CASE("SIGTERM ends the machine as a signal does", "[boot]") {
    Process yos({"-c", "echo ready; sleep 1000"});
    yos.expect("ready");
    yos.signal(SIGTERM);
    CHECK(yos.wait() == 128 + SIGTERM);
}

TEST_CASE("SIGINT ends the foreground job, and with it a run without a terminal", "[boot]") {
    Process yos({"-c", "ticker 1000000 & echo ready; sleep 1000; echo never"});
    yos.expect("ready");
    yos.signal(SIGINT);
    CHECK(yos.wait() == 128 + SIGINT);
    CHECK(yos.output().find("never") == std::string::npos);
}

TEST_CASE("Ctrl-C gets out of a kernel that a task has frozen", "[boot]") {
    Process yos({"-c", "echobad 0; echo never"});
    yos.expect("listening");
    yos.interrupt_until_it_ends();
    CHECK(yos.wait() == 128 + SIGINT);
    CHECK(yos.output().find("never") == std::string::npos);
}

TEST_CASE("where standard output is closed, what is printed is a write error", "[boot]") {
    const auto run_without_output = [](const std::string& command) {
        FILE* pipe = ::popen(("{ " YOS_BINARY " -c '" + command + "'; } 2>&1 >&-").c_str(), "r");
        REQUIRE(pipe != nullptr);
        char line[128] = {};
        const bool said = std::fgets(line, sizeof line, pipe) != nullptr;
        const int status = ::pclose(pipe);
        return (said ? std::string(line) : "nothing\n") + std::to_string(WEXITSTATUS(status));
    };
    CHECK(run_without_output("echo hi") == "echo: write error: Bad file descriptor\n1");
    CHECK(run_without_output("pwd") == "sh: pwd: write error: Bad file descriptor\n1");
    CHECK(run_without_output("true") == "nothing\n0");
}

TEST_CASE("output that nobody reads any more ends its program quietly", "[boot]") {
    FILE* pipe =
        ::popen(YOS_BINARY " -c 'countdown 1000000; echo status $?' 2>&1 | head -n 1", "r");
    REQUIRE(pipe != nullptr);
    char line[64] = {};
    CHECK(std::fgets(line, sizeof line, pipe) != nullptr);
    CHECK(std::string(line) == "1000000\n");
    CHECK(std::fgets(line, sizeof line, pipe) == nullptr);
    ::pclose(pipe);
}

}  // namespace
}  // namespace yos
