// The same words, the same files: our programs and GNU's print the same and end with the same
// status. Where GNU's are missing, or busybox stands in for them, nothing is compared.

#include "tests/lib/run_program.h"
#include "tests/lib/temporary_directory.h"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <sys/wait.h>

namespace yos {
namespace {

struct Case {
    const char* program;
    std::vector<std::string> words;
};

std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char byte : word) {
        text += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
    }
    return text + "'";
}

bool gnu_has(const std::string& program) {
    const std::string ask = program + " --version 2>&1 | grep -q GNU";
    return std::system(ask.c_str()) == 0;
}

/// What the host's own program does with these words, in the current directory.
ProgramRun run_gnu(const Case& each) {
    std::string command = std::string("cat input | LC_ALL=C.UTF-8 TZ=UTC ") + each.program;
    for (const std::string& word : each.words) {
        command += " " + quoted(word);
    }
    command += " > gnu.out 2> gnu.err";
    ProgramRun run;
    run.status = WEXITSTATUS(std::system(command.c_str()));
    run.out = content_of("gnu.out");
    run.err = content_of("gnu.err");
    std::filesystem::remove("gnu.out");
    std::filesystem::remove("gnu.err");
    return run;
}

constexpr const char* input =
    "the quick brown fox\njumps over 12 lazy dogs\n\n  7 of 9\nThe end, the END\nion\nnation  x\n"
    "12\n9\n-3\n100\n1.5K\n2M\n300\n-3\n-3\na.b*c\n(x|y)\nGrüße, 世界\nlast without newline";

void make_files() {
    write_to("input", input);
    write_to("one", "b 2\na 10\nc 1\na 10\nB 3\n");
    write_to("two", "x:30:c\ny:4:a\nz:4:b\nw:100:a\n");
    write_to("empty", "");
    write_to("[b]", "in brackets\n");
    write_to("words.txt", "apple\napple\nApple\npear\npear\nplum\n");
    std::filesystem::create_directories("tree/sub/deep");
    write_to("tree/a.txt", "alpha\nbeta\n");
    write_to("tree/sub/b.txt", "beta\ngamma\n");
    write_to("tree/sub/deep/c.h", "delta beta\n");
    write_to("tree/.hidden", "hidden beta\n");
    std::filesystem::create_symlink("a.txt", "tree/link");
    std::filesystem::last_write_time(
        "tree/a.txt", std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
}

const std::vector<Case> cases = {
    {"cat", {}},
    {"cat", {"one", "-", "two"}},
    {"cat", {"-n", "input"}},
    {"cat", {"nosuch", "one"}},
    {"cat", {"tree"}},
    {"head", {"-3"}},
    {"head", {"-n", "2", "one", "two"}},
    {"head", {"-c", "10"}},
    {"head", {"-qn1", "one", "two"}},
    {"head", {"-n0", "one"}},
    {"head", {"nosuch"}},
    {"head", {"-n", "100", "input"}},
    {"head", {"-n", "-2", "input"}},
    {"head", {"-n-17"}},
    {"head", {"--lines=-100", "one"}},
    {"head", {"-n", "-1", "one", "two"}},
    {"head", {"-n", "-0"}},
    {"head", {"-c", "-5"}},
    {"head", {"-c", "-1000", "one"}},
    {"head", {"-c", "-3", "one", "two"}},
    {"tail", {"-2"}},
    {"tail", {"-c", "-7"}},
    {"tail", {"-n", "+3", "one"}},
    {"tail", {"-n", "1", "one", "two"}},
    {"tail", {"-c", "7"}},
    {"tail", {"-c", "+5", "one"}},
    {"tail", {"-n", "0", "one"}},
    {"tail", {"-n", "+0", "one"}},
    {"tail", {"empty"}},
    {"wc", {}},
    {"wc", {"-l"}},
    {"wc", {"-w", "-m"}},
    {"wc", {"one", "two"}},
    {"wc", {"-c", "input"}},
    {"wc", {"input", "nosuch"}},
    {"sort", {}},
    {"sort", {"-n"}},
    {"sort", {"-rn"}},
    {"sort", {"-u"}},
    {"sort", {"-nu"}},
    {"sort", {"-f", "one"}},
    {"sort", {"-h"}},
    {"sort", {"-hr"}},
    {"sort", {"-k2n", "one"}},
    {"sort", {"-k", "2,2nr", "-k1,1", "one"}},
    {"sort", {"-t:", "-k2n", "two"}},
    {"sort", {"-t", ":", "-k3,3", "-k2,2n", "two"}},
    {"sort", {"-t:", "-k1.1,1.1r", "two"}},
    {"sort", {"-b", "-k2.1,2.1", "one"}},
    {"sort", {"one", "two"}},
    {"uniq", {"words.txt"}},
    {"uniq", {"-c", "words.txt"}},
    {"uniq", {"-d", "words.txt"}},
    {"uniq", {"-u", "words.txt"}},
    {"uniq", {"-ic", "words.txt"}},
    {"seq", {"5"}},
    {"seq", {"2", "5"}},
    {"seq", {"10", "-3", "0"}},
    {"seq", {"-s", ",", "5"}},
    {"seq", {"-w", "8", "11"}},
    {"seq", {"0.1", "0.1", "1"}},
    {"seq", {"-w", "-2", "0.5", "1"}},
    {"seq", {"3", "1"}},
    {"seq", {"1", "0.25", "2"}},
    {"tee", {"copy"}},
    {"grep", {"ion$"}},
    {"grep", {"-i", "the"}},
    {"grep", {"-v", "e"}},
    {"grep", {"-n", "[0-9]\\{2\\}"}},
    {"grep", {"-c", "1"}},
    {"grep", {"-l", "b", "one", "two", "words.txt"}},
    {"grep", {"-w", "ion"}},
    {"grep", {"-E", "(qu|l)[ai]"}},
    {"grep", {"-F", "a.b*c"}},
    {"grep", {"-F", "(x|y)"}},
    {"grep", {"(x|y)"}},
    {"grep", {"\\(the\\|END\\)"}},
    {"grep", {"-o", "[a-z]*o[a-z]*"}},
    {"grep", {"-oE", "x|xyz|o+"}},
    {"grep", {"-q", "fox"}},
    {"grep", {"-q", "wolf"}},
    {"grep", {"-A1", "fox"}},
    {"grep", {"-B", "1", "-n", "12"}},
    {"grep", {"-C1", "-e", "ion", "-e", "fox"}},
    {"grep", {"-A2", "-B1", "12"}},
    {"grep", {"a", "one", "nosuch", "two"}},
    {"grep", {"-h", "a", "one", "two"}},
    {"grep", {"-H", "a", "one"}},
    {"grep", {"-x", "ion"}},
    {"grep", {"Gr..e"}},
    {"grep", {"^$"}},
    {"grep", {"*"}},
    {"grep", {"[[:upper:]]"}},
    {"grep", {"[]x]"}},
    {"grep", {"-s", "x", "nosuch"}},
    {"grep", {"-n", "[^a]$"}},
    {"grep", {"-n", "x[^y]*j"}},
    {"grep", {"-n", "^1"}},
    {"grep", {"-cx", ""}},
    {"grep", {"-n", "\\s$"}},
    {"grep", {"\\<END\\>"}},
    {"ls", {"tree"}},
    {"ls", {"-a", "tree"}},
    {"ls", {"-A", "tree"}},
    {"ls", {"-r", "tree"}},
    {"ls", {"-1S", "tree/sub", "tree"}},
    {"ls", {"-l", "tree"}},
    {"ls", {"-lh", "tree"}},
    {"ls", {"-d", "tree"}},
    {"ls", {"-F", "tree"}},
    {"ls", {"-t", "tree/a.txt", "tree/sub/b.txt"}},
    {"ls", {"nosuch", "one"}},
    {"cat", {"[b]"}},
    {"date", {"-u", "-d", "@0", "+%F %T"}},
    {"date", {"-u", "-d", "@1234567890"}},
    {"date", {"-u", "-d", "@5", "+%s.%N"}},
    {"xargs", {"-n", "2"}},
    {"xargs", {"-I{}", "echo", "<{}>"}},
    {"xargs", {}},
};

/// ls shows dates that are near in another way.
Kernel::Options with_real_time() {
    Kernel::Options options = Machine::on_host();
    options.virtual_time = false;
    return options;
}

TEST_CASE("programs do what GNU's do", "[gnu]") {
    const TemporaryDirectory directory;
    make_files();
    for (const Case& each : cases) {
        if (!gnu_has(each.program)) {
            continue;
        }
        CAPTURE(each.program, each.words);
        const ProgramRun theirs = run_gnu(each);
        Machine machine(with_real_time());
        const ProgramRun ours = run_program(machine, each.program, each.words, input);
        CHECK(ours.out == theirs.out);
        if (std::string(each.program) == "head") {
            CHECK(ours.err.empty() == theirs.err.empty());  // GNU's says in other words than cat
        } else {
            CHECK(ours.err == theirs.err);
        }
        CHECK(ours.status == theirs.status);
    }
}

std::string sorted(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return joined(lines, "\n");
}

// The host's directories have an order of their own.
TEST_CASE("programs that go through directories find what GNU's find", "[gnu]") {
    const TemporaryDirectory directory;
    make_files();
    const std::vector<Case> walks = {
        {"find", {}},
        {"find", {"tree"}},
        {"find", {"tree", "-name", "*.txt"}},
        {"find", {"tree", "-type", "d"}},
        {"find", {"tree", "-type", "l"}},
        {"find", {"tree", "-maxdepth", "1", "-type", "f"}},
        {"find", {"tree/", "-mindepth", "2", "-iname", "C*"}},
        {"find", {"nosuch", "one"}},
        {"grep", {"-r", "beta", "tree"}},
        {"grep", {"-rl", "beta", "tree"}},
        {"grep", {"-rc", "beta", "tree"}},
    };
    for (const Case& each : walks) {
        if (!gnu_has(each.program)) {
            continue;
        }
        CAPTURE(each.program, each.words);
        const ProgramRun theirs = run_gnu(each);
        HostMachine machine;
        const ProgramRun ours = run_program(machine, each.program, each.words, input);
        std::string found = sorted(theirs.out);
        for (const char* own : {"./gnu.out\n", "./gnu.err\n"}) {
            if (const auto at = found.find(own); at != std::string::npos) {
                found.erase(at, std::string(own).size());
            }
        }
        CHECK(sorted(ours.out) == found);
        CHECK(ours.status == theirs.status);
    }
}

}  // namespace
}  // namespace yos
