// Ten thousand commands, each as good as any: nothing of them may stay behind.

#include "syscalls/list_tasks.h"
#include "tests/lib/run_program.h"
#include "tests/lib/temporary_directory.h"
#include "tests/lib/volume.h"

#include <malloc.h>
#include <random>

namespace yos {
namespace {

/// Makes commands up, of all that the language has, some of which mean nothing.
class Monkey {
public:
    explicit Monkey(unsigned seed) : random_(seed) {}

    std::string line() {
        switch (random_() % 16) {
            case 0:
                return command() + " &";
            case 1:
                return command() + " | " + command() + " | " + command();
            case 2:
                return "for i in a b c; do " + command() + "; done";
            case 3:
                return "if " + command() + "; then " + command() + "; else " + command() + "; fi";
            case 4:
                return "f() { " + command() + "; }; f one two";
            case 5:
                return "(" + command() + "; " + command() + ") > out." + digit();
            case 6:
                return "x=$(" + command() + "); echo \"$x\" | wc -l";
            case 7:
                return "sleep 1000 & kill $!; wait";
            case 8:
                return "yes | head -" + digit() + " | " + command();
            case 9:
                return one_of(
                    {"'", "if", "| |", "echo $(", "cat <<E", ")", "\x01\xff&&", "a=b=c >"});
            case 10:
                return "cat <<END | " + command() + "\nsome\ntext\nEND";
            case 11:
                return one_of(
                    {"jobs", "wait", "fg", "bg", "kill %1", "disown", "cd /; cd -", "fg %9"});
            default:
                return command() + one_of({"", " 2>&1", " > out." + digit(), " < in." + digit()});
        }
    }

private:
    std::string command() {
        return one_of({"true",
                       "false",
                       "echo *",
                       "echo $x ${y:-z}",
                       "seq " + digit(),
                       "cat in.*",
                       "ls",
                       "ps",
                       "nosuchprogram",
                       "wc -l in." + digit(),
                       "sort in." + digit(),
                       "printf '%s\\n' a b",
                       "sleep 0.01",
                       "test 1 -lt " + digit(),
                       "head -c 1000 /dev/zero",
                       "grep 1 in." + digit(),
                       "pwd",
                       "read line < in." + digit(),
                       "x=" + digit(),
                       "seq --wrong",
                       "countdown 2",
                       "uniq in." + digit(),
                       "env",
                       "where 1",
                       "kill 999999"});
    }

    std::string digit() { return std::to_string(random_() % 10); }
    std::string one_of(const std::vector<std::string>& any) { return any[random_() % any.size()]; }

    std::mt19937 random_;
};

struct Seen {
    std::string tasks;
    std::size_t descriptors = 0;
    std::size_t bytes = 0;
};

/// The tasks are told by name and state: who stayed is the first thing that one wants to know.
Seen look(Kernel& kernel, const std::vector<TaskSnapshot>& tasks) {
    Seen seen;
    for (const TaskSnapshot& task : tasks) {
        seen.tasks += fmt::format("{}{} {} {}\n",
                                  task.name,
                                  task.job == task.tid ? " (job)" : "",
                                  state_of(task),
                                  task.waiting_for);
    }
    seen.descriptors = kernel.descriptors().size();
    seen.bytes = ::mallinfo2().uordblks;
    return seen;
}

/// Reads until `mark` has been printed.
Coroutine<> read_to(Fd out, std::string mark) {
    std::string text;
    std::string chunk(4096, '\0');
    while (text.find(mark) == std::string::npos) {
        const std::size_t got = co_yield Read{out, chunk};
        text.erase(0, text.size() - std::min(text.size(), mark.size()));
        text.append(chunk, 0, got);
    }
}

constexpr int commands = volume(10'000);
constexpr int rounds = 4;

/// Types commands to a shell, and after each round takes away what they made and looks.
Coroutine<> run_session(Kernel& kernel, std::vector<Seen>& seen) {
    const ProgramRef sh = co_await find_program("sh");
    PipeEnds in = co_yield Pipe{};
    PipeEnds out = co_yield Pipe{};
    std::vector<std::string> words;
    words.emplace_back("-i");
    Invocation invocation(sh, std::move(words));
    invocation.in = in.reader;
    invocation.out = invocation.err = out.writer;
    const Tid shell = co_yield NewTask{Program::run(std::move(invocation))}.joinable().leads_job();
    for (int round = 0; round < rounds; ++round) {
        Monkey monkey(2009);
        for (int i = 0; i < commands / rounds; ++i) {
            write_to("line", monkey.line() + "\n");
            co_await write_all(in.writer, fmt::format(". ./line\necho '<'{}'>'\n", i));
            co_await read_to(out.reader, fmt::format("<{}>", i));
        }
        co_await write_all(in.writer, "kill %1 %2 %3 %4 %5; wait; x=; y=; echo '<end>'\n");
        co_await read_to(out.reader, "\n<end>");
        for (const char digit : std::string("0123456789")) {
            std::filesystem::remove(std::string("out.") + digit);
        }
        seen.push_back(look(kernel, co_yield ListTasks{}));
    }
    in.writer.reset();
    co_await read_to(out.reader, "exit\n");
    co_yield WaitTask{shell};
}

TEST_CASE("a session of ten thousand random commands leaves nothing behind", "[long session]") {
    const TemporaryDirectory directory;
    for (int i = 0; i < 8; ++i) {
        write_to("in." + std::to_string(i), std::to_string(i) + "\nsome\ntext\n");
    }
    Kernel::Options options = Machine::on_host();
    options.log.level = LogLevel::off;
    Machine machine(std::move(options));
    machine.kernel().detach(machine.record);
    std::vector<Seen> seen;
    machine.run(run_session(machine.kernel(), seen));
    REQUIRE(seen.size() == rounds);
    const Seen& first = seen[1];  // what is kept for the next time is there by then
    const Seen& last = seen.back();
    CHECK(last.tasks == first.tasks);
    CHECK(last.descriptors == first.descriptors);
    // 8 bytes a command would be 40,000: less is what the allocator keeps at hand.
    CHECK(last.bytes < first.bytes + (rounds - 2) * commands / rounds * 8);
}

}  // namespace
}  // namespace yos
