// The tour: what its pages say is so.

#include "programs/tour/step.h"
#include "tests/lib/person.h"
#include "tests/lib/reserved_port.h"
#include "tests/lib/run_program.h"
#include "tests/lib/temporary_directory.h"

#include <array>
#include <sstream>

namespace yos::tour {
namespace {

std::string content_in_tree(const std::string& path) {
    return content_of(std::filesystem::path(YOS_SOURCE_DIR) / path);
}

std::string whole_page(const Step& step) {
    std::string text;
    for (const Section& section : step.sections) {
        text += rendered(step, section);
    }
    return text;
}

TEST_CASE("every step of the tour has what a step has", "[tour]") {
    CHECK(steps().size() == 16);
    std::size_t number = 0;
    for (const Step& step : steps()) {
        CAPTURE(step.title);
        CHECK(step.title.starts_with(std::to_string(++number) + ". "));
        std::vector<std::string> headings;
        for (const Section& section : step.sections) {
            headings.push_back(section.heading);
        }
        CHECK(headings == std::vector<std::string>{"",
                                                   "The code",
                                                   "The lines that matter",
                                                   std::string(run_heading),
                                                   std::string(exercise_heading),
                                                   std::string(answer_heading),
                                                   "Read on"});
        const Section& code = *step.find("The code");
        REQUIRE(code.blocks.size() == 1);
        CHECK(code.blocks.front().kind == Block::Kind::code);
    }
}

TEST_CASE("every line that matters is a line of the code", "[tour]") {
    for (const Step& step : steps()) {
        CAPTURE(step.title);
        std::istringstream text(rendered(step, *step.find("The lines that matter")));
        std::size_t points = 0;
        for (std::string line; std::getline(text, line);) {
            if (line.starts_with("- ")) {
                CAPTURE(line);
                CHECK(line.starts_with("- line "));
                ++points;
            }
        }
        CHECK(points > 0);
    }
}

TEST_CASE("the list of the tour's pages has them all", "[tour]") {
    const std::string list = content_in_tree("programs/tour/README.md");
    for (const Step& step : steps()) {
        const std::size_t dot = step.title.find(". ");
        const std::string entry =
            step.title.substr(0, dot + 2) + "[" + step.title.substr(dot + 2) + "](";
        CAPTURE(entry);
        CHECK(list.find(entry) != std::string::npos);
    }
}

TEST_CASE("every program of the course has its place in the tour", "[tour]") {
    std::string tour;
    for (const Step& step : steps()) {
        tour += whole_page(step);
    }
    for (const char* const program :
         {"countdown",     "range",       "naturals",        "words",
          "follow",        "grep",        "copipe",          "cobroadcast",
          "bogus",         "logsim",      "buses",           "cothread",
          "coprocess",     "cocrash",     "echobad",         "echogood",
          "echo-server",   "echothread",  "trampoline",      "blaster",
          "pyos1",         "pyos2",       "pyos3",           "pyos4",
          "pyos5",         "pyos6",       "pyos7",           "pyos8",
          "sleepers",      "crawler",     "fetch-callbacks", "fetch-futures",
          "fetch-wrapper", "http-server", "gateway",         "chat",
          "proxy",         "redis-lite",  "echo-client",     "echorace"}) {
        CAPTURE(program);
        const std::string name = program;
        CHECK((tour.find("`" + name + "`") != std::string::npos ||
               tour.find("$ " + name) != std::string::npos ||
               tour.find("| " + name) != std::string::npos));
    }
}

/// With "..." in the expected line for anything; a line of it, for any lines.
bool fits(std::string_view expected, std::string_view actual) {
    constexpr std::string_view anything = "...";
    const std::size_t gap = expected.find(anything);
    if (gap == std::string_view::npos) {
        return expected == actual;
    }
    if (!actual.starts_with(expected.substr(0, gap))) {
        return false;
    }
    actual.remove_prefix(gap);
    expected.remove_prefix(gap + anything.size());
    for (; !fits(expected, actual); actual.remove_prefix(1)) {
        if (actual.empty()) {
            return false;
        }
    }
    return true;
}

TEST_CASE("three dots stand for anything", "[tour]") {
    CHECK(fits("a\nb\n", "a\nb\n"));
    CHECK(fits("a ... c\n", "a b\nb c\n"));
    CHECK(fits("at 1:...", "at 1:2"));
    CHECK_FALSE(fits("a ... c\n", "a b\n"));
    CHECK_FALSE(fits("a\n", "a\nb\n"));
}

/// Ports that are free, in place of those that the pages name.
class Ports {
public:
    std::string put_into(std::string text) const {
        for (std::size_t i = 0; i < ports_.size(); ++i) {
            const std::string named = std::to_string(9101 + i);
            for (auto at = text.find(named); at != std::string::npos; at = text.find(named, at)) {
                text.replace(at, named.size(), std::to_string(ports_[i].number()));
            }
        }
        return text;
    }

private:
    std::array<ReservedPort, 3> ports_;
};

TEST_CASE("what the tour's commands print is what its pages say", "[tour]") {
    for (const Step& step : steps()) {
        for (const Section& section : step.sections) {
            for (const Block& block : section.blocks) {
                if (block.kind != Block::Kind::session) {
                    continue;
                }
                CAPTURE(step.title);
                const TemporaryDirectory directory;
                const Ports ports;
                Block session = block;
                session.text = ports.put_into(session.text);
                HostMachine machine;
                const std::string place = (directory.path() / "session").string();
                const ProgramRun run =
                    run_program(machine, "sh", {"-c", script_of(session, place)});
                CHECK(run.err.empty());
                INFO("the page says:\n" << session.text << "it prints:\n" << run.out);
                CHECK(fits(session.text, run.out));
                CHECK(std::filesystem::is_empty("."));
            }
        }
    }
}

TEST_CASE("a session of the tour touches nothing of the person who runs it", "[tour]") {
    const TemporaryDirectory directory;
    write_to("pages", "precious");
    const Block session{Block::Kind::session, "$ mkdir pages; echo > pages/1; ls; rm -r pages\n"};
    HostMachine machine;
    const std::string place = (directory.path() / "session").string();
    const ProgramRun run = run_program(machine, "sh", {"-c", script_of(session, place)});
    CHECK(run.out == session.text + "pages\n");
    CHECK(content_of("pages") == "precious");
    const ProgramRun refused =
        run_program(machine, "sh", {"-c", script_of(session, directory.path().string())});
    CHECK(refused.out.find("File exists") != std::string::npos);
    CHECK(content_of("pages") == "precious");
}

TEST_CASE("without a terminal, tour prints the list of its steps, or one of them", "[tour]") {
    HostMachine machine;
    const ProgramRun list = run_program(machine, "tour", {});
    CHECK(list.out.starts_with("1. A generator\n2. "));
    const ProgramRun step = run_program(machine, "tour", {"1"});
    CHECK(step.out.starts_with("1. A generator\n--------------\n"));
    CHECK(step.out.find("co_yield number;") != std::string::npos);
    CHECK(step.out.find("countdown_squares") == std::string::npos);
    const ProgramRun answer = run_program(machine, "tour", {"1", "--answer"});
    CHECK(answer.out.find("countdown_squares") != std::string::npos);
    const ProgramRun run = run_program(machine, "tour", {"6", "--run"});
    CHECK(run.out.starts_with("$ scheduler\nann 4\nben 2\n"));
    const ProgramRun wrong = run_program(machine, "tour", {"99"});
    CHECK(wrong.status == 2);
}

TEST_CASE("a person is led from step to step", "[tour]") {
    const TemporaryDirectory directory;
    ::setenv("YOS_HISTORY", (directory.path() / "history").c_str(), 1);
    Person person;
    person.sees_at_cursor("yos$ ");
    person.type("tour\r");
    person.sees("1. A generator");
    person.sees_at_cursor("[Enter: The code; h: what else] ");
    person.type("\r");
    person.sees_at_cursor("[Enter: more; h: what else] ");
    person.type("\r");
    person.sees_at_cursor("[Enter: The lines that matter; h: what else] ");
    person.type("\r");
    person.sees_at_cursor("[Enter: Run it; h: what else] ");
    person.type("\r");
    person.sees("$ range 10 20 4");
    person.sees_at_cursor("[Enter: The exercise; h: what else] ");
    person.type("\r");
    person.sees_at_cursor("[Enter: Read on; a: the answer; h: what else] ");
    person.type("a\r");
    person.sees_at_cursor("[Enter: more; h: what else] ");
    person.type("6\r");
    person.sees("6. A scheduler in 20 lines");
    person.sees_at_cursor("[Enter: The code; h: what else] ");
    person.type("r\r");
    person.sees("cy 1");
    person.sees_at_cursor("[Enter: The code; h: what else] ");
    person.type("nonsense\r");
    person.sees("[Enter: The code; h: what else] nonsense");
    person.sees_at_cursor("[Enter: The code; h: what else] ");
    person.type("\x1a");
    person.sees("[1] stopped: tour");
    person.sees_at_cursor("yos$ ");
    person.runs("echo the shell", "the shell");
    person.type("fg\r");
    person.type("q\r");
    person.sees_at_cursor("yos$ ");
    person.type("exit\r");
    CHECK(person.leaves() == 0);
}

}  // namespace
}  // namespace yos::tour
