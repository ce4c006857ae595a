// The picture of yos at work that the README begins with: the screen of a session that a person
// types here, drawn as a window. The picture is kept in the tree, and has to show what is on the
// screen now, but for the figures. To renew it: cmake --build BUILD -t picture

#include "tests/lib/person.h"
#include "tests/lib/reserved_port.h"
#include "tests/lib/temporary_directory.h"

#include <cstdlib>
#include <regex>
#include <sstream>

namespace yos {
namespace {

const std::string prompt = "yos$ ";
const char* const ctrl_c = "\x03";
const char* const ctrl_z = "\x1a";

/// Types a command behind the prompt.
void start(Person& person, const std::string& command) {
    person.type(command);
    person.sees_at_cursor(prompt + command);
    person.type("\r");
}

/// Types a command, and waits for the next prompt.
void run(Person& person, const std::string& command) {
    start(person, command);
    person.sees_at_cursor(prompt);
}

void press(Person& person, const char* key) {
    person.type(key);
    person.sees_at_cursor(prompt);
}

/// What is on the screen when a person has played with a server at that port.
std::vector<std::string> screen_of_session(const std::string& port) {
    Person person;
    person.sees_at_cursor(prompt);
    run(person, "echo-server " + port + " &");
    person.sees("echo-server: listening at 127.0.0.1:" + port);
    person.sees_at_cursor(prompt);
    start(person, "nc localhost " + port);
    person.sees_at_cursor("");
    person.type("hello\r");
    person.sees("hello", 2);  // as typed, and from the server
    press(person, ctrl_z);
    run(person, "ps -f");
    run(person, "where 7");  // the server's task for the connection
    run(person, "kill 7");
    run(person, "kill %2");
    run(person, "seq 100000 | grep 7 | wc -l");
    start(person, "(echo zzz; sleep 1000)");
    person.sees("zzz");
    press(person, ctrl_c);
    std::vector<std::string> lines = person.lines();
    while (!lines.empty() && lines.back().empty()) {
        lines.pop_back();
    }
    person.type("exit\r");
    CHECK(person.leaves() == 130);
    return lines;
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
    }
    return result;
}

/// A window with these lines, as SVG. What a person typed behind the prompt is brighter.
std::string drawn(const std::vector<std::string>& lines) {
    constexpr double column_width = 8.43;  // of most fonts for terminals, at 14 px
    constexpr std::size_t line_height = 19;
    constexpr std::size_t margin = 18;
    constexpr std::size_t title_height = 34;
    std::size_t columns = 0;
    for (const std::string& line : lines) {
        columns = std::max(columns, line.size());
    }
    const std::size_t width =
        static_cast<std::size_t>(column_width * static_cast<double>(columns)) + 2 * margin;
    const std::size_t height = title_height + line_height * lines.size() + margin;

    std::ostringstream svg;
    svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height
        << "\" viewBox=\"0 0 " << width << ' ' << height << "\" font-size=\"14\" "
        << "font-family=\"ui-monospace, Menlo, 'DejaVu Sans Mono', monospace\">\n"
        << "<title>A session in yos's shell</title>\n"
        << "<rect width=\"" << width << "\" height=\"" << height
        << "\" rx=\"9\" fill=\"#1d2129\"/>\n";
    std::size_t x = margin;
    for (const char* const color : {"#ec6a5e", "#f4bf4f", "#61c554"}) {
        svg << "<circle cx=\"" << x << "\" cy=\"17\" r=\"6\" fill=\"" << color << "\"/>\n";
        x += 20;
    }
    std::size_t y = title_height + 14;
    for (const std::string& line : lines) {
        svg << "<text xml:space=\"preserve\" x=\"" << margin << "\" y=\"" << y << "\" fill=\"";
        if ((line + ' ').starts_with(prompt)) {
            svg << "#fff\"><tspan fill=\"#7fc99a\">" << prompt << "</tspan>"
                << escaped((line + ' ').substr(prompt.size()));
        } else {
            svg << "#b6bdc9\">" << escaped(line);
        }
        svg << "</text>\n";
        y += line_height;
    }
    svg << "</svg>\n";
    return svg.str();
}

/// Without what differs from run to run and from machine to machine.
std::string without_figures(const std::string& picture) {
    static const std::regex blanks(" +");
    static const std::regex figure("[0-9]+");
    return std::regex_replace(std::regex_replace(picture, blanks, " "), figure, "0");
}

TEST_CASE("the picture in the README shows what yos does", "[picture]") {
    const TemporaryDirectory directory;
    ::setenv("XDG_RUNTIME_DIR", directory.path().c_str(), 1);
    ::setenv("TERM", "xterm", 1);
    ::setenv("LC_ALL", "C.UTF-8", 1);
    if (const char* const renewed = std::getenv("YOS_PICTURE")) {
        write_to(renewed, drawn(screen_of_session("9000")));
    } else {
        const ReservedPort port;
        const std::string now = drawn(screen_of_session(std::to_string(port.number())));
        INFO("renew the picture, and look at it: cmake --build BUILD -t picture");
        CHECK(without_figures(content_of(YOS_SOURCE_DIR "/programs/terminal/session.svg")) ==
              without_figures(now));
    }
}

}  // namespace
}  // namespace yos
