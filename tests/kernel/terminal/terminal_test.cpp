// The kernel's side of a terminal, with a test in the place of the person.

#include "syscalls/await_completion.h"
#include "syscalls/get_terminal_size.h"
#include "syscalls/kill_task.h"
#include "syscalls/new_task.h"
#include "syscalls/offer_completions.h"
#include "syscalls/open_terminal.h"
#include "syscalls/read.h"
#include "syscalls/select.h"
#include "syscalls/set_foreground.h"
#include "syscalls/take_keys.h"
#include "syscalls/wait_task.h"
#include "syscalls/write.h"
#include "syscalls/yield.h"
#include "tasks/interruption.h"
#include "tests/lib/actors.h"

#include <array>

namespace yos {
namespace {

using Kind = TerminalMessage::Kind;
using Story = std::vector<std::string>;

/// What the person's side is told next, as `e` or `o:text`; empty at the end.
Coroutine<std::string> told(Fd line, TerminalMessages& messages) {
    std::array<char, 1024> bytes{};
    for (;;) {
        if (const std::optional<TerminalMessage> message = messages.next()) {
            std::string text(1, static_cast<char>(message->kind));
            co_return message->text.empty() ? text : text + ":" + message->text;
        }
        const std::size_t got = co_yield Read{line, bytes};
        if (got == 0) {
            co_return "";
        }
        messages.append(std::span(bytes).first(got));
    }
}

Coroutine<> say(Fd line, Kind kind, std::string text = {}) {
    const std::string bytes = encode({kind, std::move(text)});
    co_yield Write{line, bytes};
}

/// Reads once, and writes it down; how it failed, if it does.
Coroutine<> read_once(Fd terminal, Story& story) {
    std::array<char, 1024> bytes{};
    try {
        const std::size_t got = co_yield Read{terminal, bytes};
        story.push_back("read " + std::string(bytes.data(), got));
    } catch (const std::system_error& error) {
        story.emplace_back(error.code().message());
    } catch (const Cancelled& cancelled) {
        story.push_back(cancelled.why());
    }
}

Coroutine<> type_two_lines(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    TerminalMessages messages;
    co_yield Write{ends.terminal, std::span("name? ", 6)};
    const Tid reader = co_yield NewTask{read_once(ends.terminal, story)}.joinable();
    story.push_back(co_await told(ends.line, messages));
    story.push_back(co_await told(ends.line, messages));
    co_await say(ends.line, Kind::line, "Ada");
    co_await say(ends.line, Kind::line, "Lovelace");
    co_yield WaitTask{reader};
    co_await read_once(ends.terminal, story);
    co_await say(ends.line, Kind::end);
    co_await read_once(ends.terminal, story);
}

TEST_CASE("a line is asked for when somebody reads, and read one at a time", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(type_two_lines(story));
    CHECK(story == Story{"o:name? ", "e", "read Ada\n", "read Lovelace\n", "read "});
}

Coroutine<> type_keys(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    TerminalMessages messages;
    {
        const KeysUse keys = co_yield TakeKeys{ends.terminal};
        story.push_back(co_await told(ends.line, messages));
        co_await say(ends.line, Kind::typed, "q");
        co_await read_once(ends.terminal, story);
    }
    story.push_back(co_await told(ends.line, messages));
}

TEST_CASE("TakeKeys has keys given as they are typed, as long as its result lives", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(type_keys(story));
    CHECK(story == Story{"r", "read q", "n"});
}

Coroutine<> read_from_two_jobs(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    Story of_first;
    Story of_second;
    const Tid first = co_yield NewTask{read_once(ends.terminal, of_first)}.joinable().leads_job();
    const Tid second = co_yield NewTask{read_once(ends.terminal, of_second)}.joinable().leads_job();
    co_yield SetForeground{ends.terminal, second};
    co_await say(ends.line, Kind::line, "for the second");
    co_yield WaitTask{second};
    co_yield SetForeground{ends.terminal, first};
    co_await say(ends.line, Kind::line, "for the first");
    co_yield WaitTask{first};
    story = {of_first.front(), of_second.front()};
}

TEST_CASE("what is typed is read by the job in the foreground", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(read_from_two_jobs(story));
    CHECK(story == Story{"read for the first\n", "read for the second\n"});
}

Coroutine<> interrupt_a_reader(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    const Tid reader = co_yield NewTask{read_once(ends.terminal, story)}.joinable().leads_job();
    co_yield SetForeground{ends.terminal, reader};
    co_yield Yield{};
    co_await say(ends.line, Kind::interrupt);
    co_yield WaitTask{reader};
}

TEST_CASE("Ctrl-C interrupts the job in the foreground of its own terminal", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(interrupt_a_reader(story));
    CHECK(story == Story{"interrupted"});
}

Coroutine<> hang_up(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    co_yield NewTask{read_once(ends.terminal, story)}.joinable();
    co_yield Yield{};
    ends.line.reset();
    try {
        co_yield Write{ends.terminal, std::span("x", 1)};
    } catch (const std::system_error& error) {
        story.emplace_back(error.code() == std::errc::io_error ? "EIO" : error.what());
    }
    co_await read_once(ends.terminal, story);
}

TEST_CASE("a terminal that was hung up reads as ended, and cannot be written to", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(hang_up(story));
    CHECK(story == Story{"EIO", "read ", "read "});
}

Coroutine<> close_the_terminal(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    TerminalMessages messages;
    co_yield Write{ends.terminal, std::span("bye", 3)};
    ends.terminal.reset();
    story.push_back(co_await told(ends.line, messages));
    story.push_back(co_await told(ends.line, messages));
    try {
        co_await say(ends.line, Kind::line, "too late");
    } catch (const std::system_error& error) {
        story.emplace_back(error.code() == std::errc::io_error ? "EIO" : error.what());
    }
}

TEST_CASE("a terminal that is closed leaves what is still to be shown", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(close_the_terminal(story));
    CHECK(story == Story{"o:bye", "", "EIO"});
}

Coroutine<> flood(Fd terminal, std::size_t& written) {
    const std::string text(100'000, 'x');
    for (;;) {
        written += co_yield Write{terminal, text};
    }
}

Coroutine<> do_not_look(std::size_t& written) {
    TerminalEnds ends = co_yield OpenTerminal{};
    const Tid task = co_yield NewTask{flood(ends.terminal, written)};
    for (int i = 0; i < 100; ++i) {
        co_yield Yield{};
    }
    co_yield KillTask{task};
}

TEST_CASE("who prints waits for who looks", "[terminal]") {
    Machine machine;
    std::size_t written = 0;
    machine.run(do_not_look(written));
    CHECK(written > 0);
    CHECK(written <= 200'000);
}

Coroutine<> complete(Fd terminal, Story& story) {
    const CompletionRequest request = co_yield AwaitCompletion{terminal};
    story.push_back(request.line + " at " + std::to_string(request.cursor));
    Completions completions{.from = 4};
    completions.words = {"one", "two"};
    co_yield OfferCompletions{terminal, completions};
}

Coroutine<> ask(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    TerminalMessages messages;
    co_yield NewTask{complete(ends.terminal, story)};
    co_yield Yield{};
    const std::string request = to_text(CompletionRequest{"cat x", 4});
    co_await say(ends.line, Kind::complete, request);
    const std::string offer = co_await told(ends.line, messages);
    const std::optional<Completions> completions = parse_completions(offer.substr(2));
    story.push_back(std::to_string(completions->from) + completions->words.at(1));
    co_await say(ends.line, Kind::complete, request);
    const std::string nothing = co_await told(ends.line, messages);
    story.push_back(std::to_string(parse_completions(nothing.substr(2))->words.size()));
}

TEST_CASE("who awaits it is asked to complete what is typed, else there is nothing", "[terminal]") {
    Machine machine;
    Story story;
    machine.run(ask(story));
    CHECK(story == Story{"cat x at 4", "4two", "0"});
}

Coroutine<> say_rubbish(Story& story) {
    TerminalEnds ends = co_yield OpenTerminal{};
    co_await say(ends.line, Kind::size, "24 80");
    const std::optional<TerminalSize> size = co_yield GetTerminalSize{ends.terminal};
    story.push_back(std::to_string(size->rows) + " rows");
    co_await say(ends.line, Kind::size, "many");
    co_await say(ends.line, Kind::size, "");
    co_await say(ends.line, Kind::complete, "rubbish");
    co_await say(ends.line, static_cast<Kind>('\x7f'), "rubbish");
    co_await say(ends.line, Kind::output, "from the wrong side");
    const std::string too_long = "l\xff\xff\xff\xff";
    try {
        co_yield Write{ends.line, too_long};
    } catch (const std::system_error& error) {
        story.emplace_back(error.code() == std::errc::bad_message ? "EBADMSG" : error.what());
    }
}

TEST_CASE("a person's side that says rubbish harms nothing", "[terminal][hostile]") {
    Machine machine;
    Story story;
    machine.run(say_rubbish(story));
    CHECK(story == Story{"24 rows", "EBADMSG"});
}

}  // namespace
}  // namespace yos
