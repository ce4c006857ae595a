// What programs do that GNU's do otherwise, or do not do.

#include "syscalls/kill_task.h"
#include "syscalls/open.h"
#include "syscalls/sleep.h"
#include "tests/lib/pipeline.h"
#include "tests/lib/process.h"
#include "tests/lib/temporary_directory.h"

#include <fcntl.h>
#include <filesystem>

namespace yos {
namespace {

using namespace std::chrono_literals;

ProgramRun run(const std::string& name, std::vector<std::string> words, std::string input = {}) {
    HostMachine machine;
    return run_program(machine, name, std::move(words), std::move(input));
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("a stage that stops early ends those before it quietly", "[programs]") {
    HostMachine machine;
    const ProgramRun ended =
        run_pipeline(machine, {{"yes", {}}, {"head", {"-100000"}}, {"wc", {"-l"}}});
    CHECK(ended.out == "100000\n");
    CHECK(ended.err.empty());
    CHECK(ended.status == 0);
}

TEST_CASE("the help of every utility has an example", "[programs]") {
    for (const char* name :
         {"ls",   "cat",   "head",  "tail", "grep",   "wc",   "sort",  "uniq",
          "seq",  "words", "tee",   "yes",  "env",    "time", "watch", "nc",
          "find", "date",  "xargs", "ps",   "pstree", "top",  "where", "sleep"}) {
        CAPTURE(name);
        CHECK(contains(run(name, {"--help"}).out, "\nexample: "));
    }
}

TEST_CASE("yos --root shows one directory of the host, and nothing outside", "[programs]") {
    const TemporaryDirectory directory;
    write_to("secret", "secret\n");
    std::filesystem::create_directory("root");
    write_to("root/file", "content\n");
    std::filesystem::create_symlink("../secret", "root/link");
    Process yos({"--root", "root", "-c", "ls /; cat /file; cat ../secret; cat link"});
    CHECK(yos.wait() == 1);
    CHECK(yos.output() ==
          "file\nlink\ncontent\ncat: ../secret: No such file or directory\n"
          "cat: link: No such file or directory\n");
    Process at_root({"--root", ".", "-c", "pwd; cd root; pwd; cd ..; pwd"});
    CHECK(at_root.wait() == 0);
    CHECK(at_root.output() == "/\n/root\n/\n");
    Process nowhere({"--root", "nowhere", "-c", "ls"});
    CHECK(nowhere.wait() == 1);
    CHECK(nowhere.output() == "yos: nowhere: No such file or directory\n");
}

TEST_CASE("words, grep, sort and head make a rhyme", "[programs]") {
    HostMachine machine;
    const ProgramRun ended =
        run_pipeline(machine, {{"words", {}}, {"grep", {"ion$"}}, {"sort", {}}, {"head", {"-3"}}});
    CHECK(ended.out == "absolution\naction\nallocation\n");
}

TEST_CASE("words splits files at blanks", "[programs]") {
    CHECK(run("words", {"-"}, " two  words\n\tand more").out == "two\nwords\nand\nmore\n");
}

TEST_CASE("seq, sort -rn and head find the largest", "[programs]") {
    HostMachine machine;
    const ProgramRun ended =
        run_pipeline(machine, {{"seq", {"20000"}}, {"sort", {"-rn"}}, {"head", {"-1"}}});
    CHECK(ended.out == "20000\n");
    CHECK(ended.err.empty());
}

TEST_CASE("seq takes no step of 0, and no number that it would have to round", "[programs]") {
    CHECK(run("seq", {"1", "0", "2"}).status == 2);
    CHECK(run("seq", {"1e3"}).status == 2);
    CHECK(run("seq", {"12345678901234567890"}).status == 2);
    CHECK(run("seq", {}).status == 2);
    CHECK(run("seq", {"-s", "5", "2"}).out == "152\n");
}

TEST_CASE("grep tells of a pattern that is none", "[programs]") {
    const ProgramRun ended = run("grep", {"-E", "a(b"}, "ab\n");
    CHECK(ended.status == 2);
    CHECK(ended.err == "grep: missing ): a(b\n");
    CHECK(run("grep", {"-e", "fine", "-e", "\\(x"}).err == "grep: missing ): \\(x\n");
    CHECK(run("grep", {"-wE", "x)"}).err == "grep: unexpected ): x)\n");
    CHECK(run("grep", {"[b-a]"}).err == "grep: invalid character class range: [b-a]\n");
}

TEST_CASE("grep prints no line of a binary file", "[programs]") {
    CHECK(run("grep", {"x"}, std::string("ax\0\n", 4)).out ==
          "grep: (standard input): binary file matches\n");
}

TEST_CASE("lines may be longer than what is read at once", "[programs]") {
    const TemporaryDirectory directory;
    write_to("long", std::string(200'000, 'x') + "y\nshort\n");
    CHECK(run("grep", {"-c", "xy$", "long"}).out == "1\n");
    CHECK(run("tail", {"-1", "long"}).out == "short\n");
    CHECK(run("head", {"-1", "long"}).out.size() == 200'002);
    CHECK(run("sort", {"long"}).out.substr(0, 6) == "short\n");
}

TEST_CASE("ls prints columns on a terminal, by how wide the names are there", "[programs]") {
    const TemporaryDirectory directory;
    for (const char* name : {"a", "Grüße", "世界", "long-name-number-four", "e", "f", "g", "h"}) {
        write_to(name, "");
    }
    Process yos({"-c", "ls"}, Process::Through::terminal);  // which has 120 columns
    CHECK(yos.wait() == 0);
    CHECK(yos.output() ==
          "Grüße                  e                      g                      "
          "long-name-number-four\r\n"
          "a                      f                      h                      世界\r\n");
    CHECK(run("ls", {}).out == "Grüße\na\ne\nf\ng\nh\nlong-name-number-four\n世界\n");
}

TEST_CASE("tee writes files anew, or adds to them", "[programs]") {
    const TemporaryDirectory directory;
    write_to("file", "old\n");
    CHECK(run("tee", {"-a", "file"}, "more\n").out == "more\n");
    CHECK(content_of("file") == "old\nmore\n");
    run("tee", {"file"}, "new\n");
    CHECK(content_of("file") == "new\n");
    const ProgramRun refused = run("tee", {"nosuch/file"}, "text\n");
    CHECK(refused.out == "text\n");
    CHECK(refused.err == "tee: nosuch/file: No such file or directory\n");
    CHECK(refused.status == 1);
}

TEST_CASE("date tells the time of a virtual world, which begins with 1970", "[programs]") {
    CHECK(run("date", {"-u", "+%F %T.%N"}).out == "1970-01-01 00:00:00.000000000\n");
    CHECK(run("date", {"tomorrow"}).status == 2);
    CHECK(run("date", {"-d", "tomorrow"}).status == 2);
    CHECK(run("date", {"+"}).out == "\n");
}

TEST_CASE("sleep takes units", "[programs]") {
    const std::vector<std::pair<std::string, std::string>> durations = {{"0.25", "0.250s"},
                                                                        {"2s", "2.000s"},
                                                                        {"1.5m", "90.000s"},
                                                                        {"0.5h", "1800.000s"},
                                                                        {"1d", "86400.000s"}};
    for (const auto& [typed, slept] : durations) {
        CAPTURE(typed);
        CHECK(contains(run("time", {"sleep", typed}).err, "real " + slept));
    }
    for (const char* refused : {"s", "1x", "1ms", "-1s", "1e9d", "1 s"}) {
        CAPTURE(refused);
        CHECK(run("sleep", {refused}).status == 2);
    }
}

TEST_CASE("time tells how long a program took, and ends as it did", "[programs]") {
    const ProgramRun ended = run("time", {"sleep", "1.5"});
    CHECK(contains(ended.err, "real 1.500s  cpu 0.000s  traps "));
    CHECK(ended.status == 0);
    CHECK(run("time", {"false"}).status == 1);
    CHECK(run("time", {"no-such-program"}).status == 127);
    CHECK(run("time", {}).status == 2);
}

TEST_CASE("watch runs a program again and again", "[programs]") {
    HostMachine machine;
    const ProgramRun ended =
        run_program(machine, "watch", {"-n", "0.5", "--times", "3", "echo", "-n", "hi"});
    const std::string once = "\x1b[H\x1b[2JEvery 0.5s: echo -n hi\n\nhi";
    CHECK(ended.out == once + once + once);
    CHECK(machine.kernel().now() == Time{1s});
}

TEST_CASE("env changes the environment of the program that it runs", "[programs]") {
    CHECK(run("env", {"B=2", "A=x=y"}).out == "A=x=y\nB=2\n");
    CHECK(run("env", {"A=1", "env", "B=2"}).out == "A=1\nB=2\n");
    CHECK(run("env", {"A=1", "env", "-i", "B=2", "env"}).out == "B=2\n");
    CHECK(run("env", {"A=1", "false"}).status == 1);
    CHECK(run("env", {"no-such-program"}).status == 127);
}

TEST_CASE("xargs knows quotes, and tells if a run has failed", "[programs]") {
    CHECK(run("xargs", {"-n1", "echo", ">"}, "a 'b c'\n\"d\"\\ e").out == "> a\n> b c\n> d e\n");
    CHECK(run("xargs", {"false"}, "x").status == 123);
    CHECK(run("xargs", {"no-such-program"}, "x").status == 127);
    CHECK(run("xargs", {"-r", "echo", "x"}, " \n").out.empty());
    CHECK(run("xargs", {}, "'open").err == "xargs: unmatched quote in the input\n");
}

Coroutine<int> follow_file(Invocation invocation, Descriptor /*out*/) {
    co_return co_await Program::run(std::move(invocation));
}

Coroutine<> append(std::string text, int flags) {
    const Descriptor file = co_yield Open{"log", O_WRONLY | O_CREAT | flags};
    co_await write_all(file, std::move(text));
}

Coroutine<> follow_log(std::string& seen) {
    const ProgramRef tail = co_await find_program("tail");
    Invocation invocation(tail, {"-f", "-n", "1", "log"});
    PipeEnds out = co_yield Pipe{};
    invocation.out = out.writer;
    invocation.err = out.writer;
    const Tid reader = co_yield NewTask{read_all(out.reader, seen), "reader"};
    const Tid follower =
        co_yield NewTask{follow_file(std::move(invocation), std::move(out.writer)), "tail"};
    co_yield Sleep{1500ms};
    co_await append("two\n", O_APPEND);
    co_yield Sleep{2s};
    co_await append("anew\n", O_TRUNC);
    co_yield Sleep{2s};
    co_yield KillTask{follower};
    co_yield WaitTask{reader};
}

TEST_CASE("tail -f prints what is added to a file, and begins anew when it was cut", "[programs]") {
    const TemporaryDirectory directory;
    write_to("log", "zero\none\n");
    HostMachine machine;
    std::string seen;
    machine.run(follow_log(seen));
    CHECK(seen == "one\ntwo\ntail: log: file truncated\nanew\n");
}

Coroutine<> wait_until_there(std::string path) {
    while (!std::filesystem::exists(path)) {
        co_yield Sleep{1ms};
    }
}

Coroutine<> call_each_other(ProgramRun& caller, ProgramRun& called) {
    const std::vector<std::string> listen{"-l", "unix:socket"};
    const Tid listener = co_yield NewTask{drive_program("nc", listen, "from the called\n", called)};
    co_await wait_until_there("socket");
    const std::vector<std::string> call{"unix:socket"};
    co_await drive_program("nc", call, "from the caller\n", caller);
    co_yield WaitTask{listener};
}

TEST_CASE("nc passes on what is said, and the end of it, both ways", "[programs][host]") {
    const TemporaryDirectory directory;
    HostMachine machine;
    ProgramRun caller;
    ProgramRun called;
    machine.run(call_each_other(caller, called));
    CHECK(caller.out == "from the called\n");
    CHECK(called.out == "from the caller\n");
    CHECK(caller.status + called.status == 0);
    CHECK(run("nc", {"nonsense"}).status == 2);
    CHECK(run("nc", {"-l", "localhost", "9000"}).status == 2);
}

TEST_CASE("ps -f and pstree show who is whose child", "[programs]") {
    CHECK(contains(run("ps", {"-f"}).out, "00:00     run\n"));
    const std::string tree = run("pstree", {}).out;
    CHECK(contains(tree, "io (0)\n"));
    CHECK(contains(tree, "└─ drive_program (1)\n"));
    CHECK(contains(tree, "   ├─ out (2)\n"));
    CHECK(contains(tree, "   └─ run (4)\n"));
}

TEST_CASE("ps shows processor time when it is measured", "[programs]") {
    Kernel::Options options = Machine::on_host();
    options.accounting = true;
    Machine machine(options);
    CHECK(contains(run_program(machine, "ps", {}).out, " 0.000 "));
    CHECK(!contains(run("ps", {}).out, " 0.000 "));
}

TEST_CASE("where shows the coroutines of a task, the innermost first", "[programs]") {
    const ProgramRun ended = run("where", {"2"});
    CHECK(contains(ended.out, "task 2 (out) is blocked in Read(2, 4096)\n  #0   "));
    CHECK(contains(ended.out, "read_all  tests/lib/run_program.cpp:"));
    CHECK(run("where", {"99"}).err == "where: no task 99\n");
    CHECK(run("where", {"99"}).status == 1);
}

TEST_CASE("top draws as often as it is told, in the order it is told", "[programs]") {
    HostMachine machine;
    const ProgramRun ended = run_program(machine, "top", {"-n", "3", "-d", "0.5", "-s", "tid"}, "");
    CHECK(ended.status == 0);
    CHECK(contains(ended.out, "tasks; by: c cpu"));
    CHECK(machine.kernel().now() == Time{1s});
    CHECK(contains(ended.out, "\x1b[H"));
    CHECK(run("top", {"-s", "beauty"}).status == 2);
}

TEST_CASE("top quits on q", "[programs]") {
    HostMachine machine;
    const ProgramRun ended = run_program(machine, "top", {}, "tq");
    CHECK(ended.status == 0);
    CHECK(machine.kernel().now() == Time{});
}

}  // namespace
}  // namespace yos
