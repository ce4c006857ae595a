// The program buses: what it finds, in which memory, and that a script in another language agrees.

#include "tests/lib/loopback.h"
#include "tests/lib/run_program.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yos {
namespace {

/// What the course's file has for each bus.
std::string bus(int id, const std::string& route, const std::string& direction) {
    const std::string number = std::to_string(id);
    return "  <bus>\n    <id>" + number + "</id>\n    <route>" + route +
           "</route>\n    <color>#3300ff</color>\n    <revenue>true</revenue>\n    <direction>" +
           direction + "</direction>\n    <latitude>41.9" + number +
           "</latitude>\n    <longitude>-87.6" + number +
           "</longitude>\n    <pattern>Caf\xc3\xa9 &amp; &quot;Sons&quot; " + number +
           "</pattern>\n    <distance>" + number + "</distance>\n  </bus>\n";
}

const std::string begin = "<?xml version=\"1.0\"?>\n<buses>\n";
const std::string end = "</buses>\n";

ProgramRun run_buses(std::vector<std::string> words, std::string input = {}) {
    HostMachine machine;
    return run_program(machine, "buses", std::move(words), std::move(input));
}

TEST_CASE("buses finds those of one route that go one way", "[programs]") {
    const std::string text = begin + bus(1, "22", "North Bound") + bus(2, "22", "South Bound") +
                             bus(3, "147", "North Bound") + bus(4, "22", "North Bound") + end;
    const std::string first = R"({"route":"22","id":"1","direction":"North Bound",)"
                              R"("latitude":"41.91","longitude":"-87.61"})";
    const std::string second = R"({"route":"22","id":"4","direction":"North Bound",)"
                               R"("latitude":"41.94","longitude":"-87.64"})";
    CHECK(run_buses({}, text).out == first + "\n" + second + "\n");
    const ProgramRun other = run_buses({"--route", "22", "--direction", "South Bound"}, text);
    CHECK(other.out.find(R"("id":"2")") != std::string::npos);
    CHECK(std::count(other.out.begin(), other.out.end(), '\n') == 1);
}

TEST_CASE("buses understands what XML makes of text, and does without what is missing",
          "[programs]") {
    const std::string text = begin +
                             "<bus><route>22</route><id>&lt;\"a&#228;\"</id>"
                             "<direction><![CDATA[North ]]>Bound</direction><latitude/></bus>" +
                             end;
    CHECK(run_buses({}, text).out ==
          R"({"route":"22","id":"<\"a)"
          "\xc3\xa4"
          R"(\"","direction":"North Bound","latitude":"","longitude":null})"
          "\n");
}

TEST_CASE("buses says where a file is no XML", "[programs]") {
    const ProgramRun cut = run_buses({}, begin + bus(1, "22", "North Bound"));
    CHECK(cut.status == 1);
    CHECK(cut.out.find(R"("id":"1")") != std::string::npos);
    CHECK(cut.err == "buses: line 14: no element found\n");
    CHECK(run_buses({}, "<a>\n<b></a>\n").err == "buses: line 2: mismatched tag\n");
    CHECK(run_buses({"/no/such/file"}).status == 1);
}

// ---- Large files ----

void write_file(const std::string& path, std::size_t bytes) {
    std::mt19937 random(1);
    const std::array<std::string, 4> routes = {"22", "36", "147", "151"};
    std::ofstream file(path);
    file << begin;
    for (int id = 1; static_cast<std::size_t>(file.tellp()) < bytes; ++id) {
        file << bus(id, routes[random() % 4], random() % 2 == 0 ? "North Bound" : "South Bound");
    }
    file << end;
}

std::string output_of(const std::string& command) {
    std::FILE* const process = ::popen(command.c_str(), "r");
    REQUIRE(process != nullptr);
    std::string text;
    std::array<char, 4096> chunk;
    while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), process)) {
        text.append(chunk.data(), got);
    }
    ::pclose(process);
    return text;
}

const std::string script = R"(
import json, sys, xml.etree.ElementTree
for _, bus in xml.etree.ElementTree.iterparse(sys.argv[1]):
    if bus.tag == "bus":
        fields = {field.tag: field.text for field in bus}
        if fields["route"] == "22" and fields["direction"] == "North Bound":
            names = ["route", "id", "direction", "latitude", "longitude"]
            print(json.dumps({name: fields[name] for name in names}, separators=(",", ":")))
        bus.clear()
)";

TEST_CASE("buses agrees with a script in Python", "[programs]") {
    const ScratchDirectory directory;
    const std::string xml = directory.file("buses.xml");
    const std::string python = directory.file("buses.py");
    write_file(xml, 1'000'000);
    std::ofstream(python) << script;
    const std::string expected = output_of("python3 '" + python + "' '" + xml + "' 2>/dev/null");
    if (expected.empty()) {
        WARN("skipped: there is no python3 here");
        return;
    }
    CHECK(std::count(expected.begin(), expected.end(), '\n') > 300);
    const std::string found = run_buses({xml}).out;
    CHECK((found == expected));  // without printing either
}

/// The most memory, in KiB, that a whole yos had while it went through that file.
long peak_memory(const std::string& xml) {
    const pid_t pid = ::fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        const std::string command = "buses " + xml + " --route none";
        ::setenv("ASAN_OPTIONS", "quarantine_size_mb=1:thread_local_quarantine_size_kb=64", 1);
        ::execl(YOS_BINARY, YOS_BINARY, "-c", command.c_str(), nullptr);
        ::_exit(127);
    }
    int status = -1;
    rusage usage{};
    REQUIRE(::wait4(pid, &status, 0, &usage) == pid);
    CHECK(status == 0);
    return usage.ru_maxrss;
}

TEST_CASE("buses needs no more memory for a file of 30 MB than for a small one", "[programs]") {
    const ScratchDirectory directory;
    write_file(directory.file("small.xml"), 300'000);
    write_file(directory.file("large.xml"), 30'000'000);
    const long small = peak_memory(directory.file("small.xml"));
    const long large = peak_memory(directory.file("large.xml"));
    CAPTURE(small, large);
    CHECK(large - small < 8'192);
}

}  // namespace
}  // namespace yos
