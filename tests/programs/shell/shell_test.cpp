// The shell's language at work, on a machine that finds out what is left behind.

#include "tests/lib/run_program.h"
#include "tests/lib/temporary_directory.h"
#include "tests/lib/volume.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace yos {
namespace {

/// What a line does in a shell of its own.
ProgramRun run_line(const std::string& line, const std::string& input = {}) {
    HostMachine machine;
    return run_program(machine, "sh", {"-c", line}, input);
}

/// Lines that are typed, or a script that is piped in.
ProgramRun run_lines(const std::string& lines, std::vector<std::string> options = {}) {
    HostMachine machine;
    return run_program(machine, "sh", std::move(options), lines);
}

/// A file name that is nobody else's.
std::string file_named(const std::string& name) {
    const auto path = std::filesystem::temp_directory_path();
    return (path / ("yos-shell-" + std::to_string(::getpid()) + name)).string();
}

TEST_CASE("every stage of a pipeline is a task, and its status is that of the last", "[shell]") {
    CHECK(run_line("echo one | cat | cat").out == "one\n");
    CHECK(run_line("true | false").status == 1);
    CHECK(run_line("false | true").status == 0);
    CHECK(run_line("ps | cat").out.find(" cat\n") != std::string::npos);
    CHECK(run_line("echo a | { read x; echo $x$x; }").out == "aa\n");
}

TEST_CASE("a stage that stops early ends those before it, quietly", "[shell]") {
    const ProgramRun run = run_line("countdown 1000000 | read x; echo $?");
    CHECK(run.out == "0\n");
    CHECK(run.err.empty());
    CHECK(run_line("cat /dev/zero | true; echo on").out == "on\n");
}

TEST_CASE("a pipe's reader that is killed ends its writer", "[shell]") {
    const ProgramRun run =
        run_line("cat /dev/zero | sleep 1000 & kill $!; wait; echo status $?; ps | cat");
    CHECK(run.out.find("status 0") != std::string::npos);
    CHECK(run.out.find("sleep") == std::string::npos);
    CHECK(run.out.find("cat /dev") == std::string::npos);
}

TEST_CASE("a pipeline may have a thousand stages", "[shell]") {
    std::string line = "echo through";
    for (int i = 0; i < 1'000; ++i) {
        line += " | cat";
    }
    CHECK(run_line(line).out == "through\n");
}

TEST_CASE("a pipeline for which there are not enough tasks says so, and the shell lives",
          "[shell]") {
    Kernel::Options options = Machine::on_host();
    options.max_tasks = 7;
    Machine machine(options);
    const ProgramRun run = run_program(
        machine, "sh", {"-c", "cat | cat | cat | cat | cat | cat; echo $?; echo on | cat"});
    CHECK(run.err == "sh: cannot start a task: Resource temporarily unavailable\n");
    CHECK(run.out.ends_with("on\n"));
}

TEST_CASE("a subshell changes nothing of its parent", "[shell]") {
    CHECK(run_line("x=1; (x=2; cd /; set -- a; f() { :; }; exit 3); echo $? $x $#").out ==
          "3 1 0\n");
    CHECK(run_line("x=1; echo a | x=2; echo $x").out == "1\n");
    CHECK(run_line("(cd /; pwd)").out == "/\n");
}

TEST_CASE("a working directory is inherited, and each task's own", "[shell]") {
    CHECK(run_line("cd /dev; pwd; (cd /; pwd); pwd; sh -c pwd; cat null; cd -").out ==
          run_line("pwd").out.insert(0, "/dev\n/\n/dev\n/dev\n"));
    CHECK(run_line("cd /nosuch").err == "sh: cd: /nosuch: No such file or directory\n");
    CHECK(run_line("cd /dev/null").err == "sh: cd: /dev/null: Not a directory\n");
    CHECK(run_line("cd /dev/../dev/.; pwd; cd ..; pwd").out == "/dev\n/\n");
}

TEST_CASE("redirections are undone after the command, and files closed", "[shell]") {
    const std::string file = file_named("out");
    CHECK(run_line("echo a > " + file + "; echo b; echo c >> " + file + "; cat < " + file).out ==
          "b\na\nc\n");
    CHECK(run_line("{ echo out; echo err >&2; } 2>&1 >/dev/null").out == "err\n");
    CHECK(run_line("echo a >&-").err.find("Bad file descriptor") != std::string::npos);
    std::filesystem::remove(file);
}

TEST_CASE("what cannot be opened or written is said, and the command not run", "[shell]") {
    const ProgramRun missing = run_line("echo never < /nosuch; echo $?");
    CHECK(missing.err == "sh: /nosuch: No such file or directory\n");
    CHECK(missing.out == "1\n");
    const ProgramRun full = run_line("echo lost > /dev/full; echo $?");
    CHECK(full.err.find("No space left on device") != std::string::npos);
    CHECK(full.out == "1\n");
    CHECK(run_line("countdown 100000 > /dev/full; echo on").out == "on\n");
}

TEST_CASE("exit statuses are those of POSIX", "[shell]") {
    CHECK(run_line("nosuchprogram").status == 127);
    CHECK(run_line("/nosuch/script").status == 127);
    CHECK(run_line("/dev").status == 126);
    CHECK(run_line("echo 'a").status == 2);
    CHECK(run_line("sleep 1000 & kill %1; wait $!").status == 137);
    CHECK(run_line("sleep 1000 & kill -9 %1; wait $!").status == 137);
    CHECK(run_line("sleep 1000 & kill -SIGINT %1; wait $!").status == 130);
    CHECK(run_line("exit 300").status == 300 - 256);
    CHECK(run_line("false; exit").status == 1);
    CHECK(run_line("return 4; echo never").status == 4);
}

TEST_CASE("a file that is named by its path is run as a script, with its arguments", "[shell]") {
    const std::string file = file_named("script");
    std::ofstream(file) << "echo $0 $# $2\nexit 5\n";
    CHECK(run_line(file).status == 126);  // it is not executable
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    const ProgramRun run = run_line(file + " a 'b c'; echo $?");
    CHECK(run.out == file + " 2 b c\n5\n");
    std::filesystem::remove(file);
}

TEST_CASE("a file to be sourced that cannot be read is named, and the shell goes on", "[shell]") {
    const ProgramRun run = run_line(". ./nosuch; echo $?; . /tmp; echo $?");
    CHECK(run.err == "sh: .: ./nosuch: No such file or directory\nsh: .: /tmp: Is a directory\n");
    CHECK(run.out == "1\n1\n");
}

TEST_CASE("constructs go on over lines", "[shell]") {
    CHECK(run_lines("for x in 1 2\ndo\necho $x\ndone\necho 'a\nb'\ncat <<E\nhere\nE\n").out ==
          "1\n2\na\nb\nhere\n");
    CHECK(run_lines("if true; then\necho never").status == 2);
    CHECK(run_lines("echo 'a\nb").err == "sh: line 1, column 6: unclosed ' quote\n");
    CHECK(run_lines("echo a\n)\necho never\n").out == "a\n");
}

TEST_CASE("jobs lists jobs, with -l all tasks of each, and refuses what it does not know",
          "[shell]") {
    const std::string begin = "sleep 5 | cat | cat & sleep 6 & ";
    CHECK(run_line(begin + "jobs; jobs -l; jobs -l %1")
              .out.ends_with("[1] tasks 5-7: sleep 5 | cat | cat\n"
                             "[2] task 8: sleep 6\n"
                             "[1] tasks 5 6 7: sleep 5 | cat | cat\n"
                             "[2] task 8: sleep 6\n"
                             "[1] tasks 5 6 7: sleep 5 | cat | cat\n"));
    const ProgramRun refused = run_line(begin + "jobs -x; echo $?; jobs %7");
    CHECK(refused.err ==
          "sh: jobs: its one option is -l, not \"-x\"\nsh: no job \"%7\": jobs lists them\n");
    CHECK(refused.out == "2\n");
    CHECK(refused.status == 1);
}

TEST_CASE("of a wrong line it is told in which file it is, and which one", "[shell]") {
    const TemporaryDirectory directory;
    write_to("script", "echo a\nif true\nthen :; fi\n  )\n");
    CHECK(run_lines(content_of("script")).err ==
          "sh: line 4, column 3: \")\" without \"(\" before it\n");
    HostMachine machine;
    CHECK(run_program(machine, "sh", {"script"}).err ==
          "script: line 4, column 3: \")\" without \"(\" before it\n");
    const ProgramRun sourced = run_line(". ./script; echo never");
    CHECK(sourced.err == "./script: line 4, column 3: \")\" without \"(\" before it\n");
    CHECK(sourced.out == "a\n");
    CHECK(sourced.status == 2);
    CHECK(run_lines("cat <<E\ntext\n${}\nE\n").err.starts_with("sh: line 3, column 1: ${"));
    CHECK(run_lines("echo a\nfor x in b\ndo :\n").err ==
          "sh: line 2, column 1: \"for\" lacks its \"done\"\n");
    CHECK(run_line("eval ')'").err == "sh: eval: column 1: \")\" without \"(\" before it\n");
}

TEST_CASE("at the prompt a wrong line is refused, and the next one read", "[shell]") {
    const ProgramRun run = run_lines("echo )\nfor x in a; do\necho $x\ndone\nexit 4\n", {"-i"});
    CHECK(run.err == "sh: column 6: \")\" without \"(\" before it\n");
    CHECK(run.out.ends_with("yos$ yos$ > > a\nyos$ "));
    CHECK(run.status == 4);
}

TEST_CASE("with -e the shell ends at a failure that is no answer, -x shows what is run",
          "[shell]") {
    CHECK(run_lines("false || true; if false; then :; fi; ! true\necho a\nfalse\necho b", {"-e"})
              .out == "a\n");
    CHECK(run_line("set -x; x='a b'; echo $x >/dev/null").err == "+ x=a b\n+ echo a b\n");
}

TEST_CASE("the environment is what is exported", "[shell]") {
    CHECK(run_line("a=1 sh -c 'echo [$a]'; echo [$a]").out == "[1]\n[]\n");
    CHECK(run_line("a=1; sh -c 'echo [$a]'; export a; sh -c 'echo [$a]'").out == "[]\n[1]\n");
    CHECK(run_line("export a=1; unset a; sh -c 'echo [$a]'").out == "[]\n");
    CHECK(run_line("export 1a").status == 1);
}

TEST_CASE("what is not set can be refused", "[shell]") {
    const ProgramRun run = run_line("echo ${nosuch?must be set}; echo never");
    CHECK(run.err == "sh: nosuch: must be set\n");
    CHECK(run.out.empty());
    CHECK(run.status == 1);
}

TEST_CASE("functions that call each other without end are stopped", "[shell]") {
    const ProgramRun run = run_line("f() { f; }; f; echo never");
    CHECK(run.err == "sh: functions call each other more than 1000 deep\n");
    CHECK(run.out.empty());
}

TEST_CASE("a loop without end can be interrupted, and others run beside it", "[shell]") {
    for (const std::string loop : {"while :; do :; done", "until (false); do :; done"}) {
        CHECK(run_line(loop + " & echo beside; kill %1; wait %1; echo $?").out == "beside\n137\n");
    }
}

TEST_CASE("jobs are pipelines: listed, waited for and killed as a whole", "[shell]") {
    CHECK(run_line("sleep 5 | sleep 6 & jobs").out.find(": sleep 5 | sleep 6\n") !=
          std::string::npos);
    const ProgramRun run = run_line("sleep 50 | sleep 60 & kill %1; wait; ps | cat");
    CHECK(run.out.find("sleep") == std::string::npos);
    CHECK(run_line("true | false & wait $!").status == 1);
    CHECK(run_line("sleep 5 & true & wait %sleep; jobs").out.find("sleep") == std::string::npos);
    CHECK(run_line("sleep 5 & disown; jobs; wait %1").status == 1);
    CHECK(run_line("wait 12345").status == 127);
    CHECK(run_line("(sleep 3; echo late) & echo early; wait").out == "early\nlate\n");
    CHECK(run_line("false && true & wait $!").status == 1);
}

TEST_CASE("background jobs do not read what is the shell's", "[shell]") {
    CHECK(run_lines("cat &\nwait\necho still here\n").out == "still here\n");
}

TEST_CASE("hostile input is refused or run, and nothing is left behind", "[shell]") {
    const std::string long_word(volume(1'000'000), 'x');
    CHECK(run_line("echo " + long_word).out.size() == long_word.size() + 1);
    CHECK(run_line("echo '" + long_word).status == 2);
    CHECK(run_line(long_word).status == 127);
    CHECK(run_line(std::string("\0\x01\xff\xfe | \x7f", 9)).status == 127);
    CHECK(run_line("x=" + long_word + "; y=$x$x; echo ${#y}").out ==
          std::to_string(2 * long_word.size()) + "\n");
    CHECK(run_line("case " + std::string(volume(5'000), 'a') + " in " + std::string(2'000, '*') +
                   "b) echo yes;; *) echo no;; esac")
              .out == "no\n");
    std::string words = "echo";
    for (int i = 0; i < volume(100'000); ++i) {
        words += " a";
    }
    CHECK(run_line(words).out.size() == volume(200'000));
}

}  // namespace
}  // namespace yos
