// What programs' parts require of each other is checked.

#include "programs/course/fetch/loop.h"
#include "programs/lib/line_blocks.h"
#include "programs/lib/program.h"
#include "programs/redis/keyspace.h"
#include "programs/terminal/offered_words.h"
#include "programs/web/http/message.h"
#include "programs/web/http/message_reader.h"
#include "syscalls/pipe.h"
#include "syscalls/write.h"
#include "tests/lib/broken.h"
#include "tests/lib/testing.h"

namespace yos {
namespace {

using namespace std::chrono_literals;

TEST_CASE("only a key that there is has a time to expire", "[contracts]") {
    redis::Keyspace keys;
    keys.at("there") = "x";
    CHECK_FALSE(keys.expiry("there").has_value());
    const std::string none = "Keyspace: there is no key \"gone\": find() it first";
    CHECK(said_to([&] { keys.expiry("gone"); }) == none);
    CHECK(said_to([&] { keys.expire_at("gone", Time(1s)); }) == none);
}

TEST_CASE("a field of HTTP has no line end, with which others would be made up", "[contracts]") {
    http::Fields fields;
    const std::string expected =
        "Fields::add: there is a line end in the name or the value of the field X: escape it, or "
        "leave it out";
    CHECK(said_to([&] { fields.add("X", "a\r\nSet-Cookie: b"); }) == expected);
    CHECK(said_to([&] { fields.add("X\n", "a"); }) == expected);
    CHECK(fields.size() == 0);
}

Coroutine<> start_again(http::MessageReader& reader, Fd writer, std::string& said) {
    const std::string half = "GET / HTTP/1.1\r\nHost:";
    co_yield Write{writer, half};
    co_await reader.fill();
    reader.take_head();
    said = said_to([&] { reader.start(); });
}

Coroutine<> read_half_a_message(std::string& said) {
    const PipeEnds ends = co_yield Pipe{};
    http::MessageReader reader(ends.reader, http::Parser::Kind::request, http::Limits(), 1s);
    co_await start_again(reader, ends.writer, said);
}

TEST_CASE("a message of HTTP is read to its end before the next", "[contracts]") {
    HostMachine machine;
    std::string said;
    CHECK(machine.run(read_half_a_message(said)) == Ending::finished);
    CHECK(said == "MessageReader::start: in the midst of a message: read its body to the end");
}

TEST_CASE("who waits for a descriptor in the loop of callbacks is alone", "[contracts]") {
    fetch::Loop loop;
    loop.read(Fd{7, 0}, {});
    loop.write(Fd{7, 0}, "x", {});
    CHECK(said_to([&] {
              loop.read(Fd{7, 0}, {});
          }) == "Loop::read(7): somebody waits for that already: go on when he is called back");
    CHECK(said_to([&] {
              loop.write(Fd{7, 0}, "y", {});
          }) == "Loop::write(7): somebody waits for that already: go on when he is called back");
}

Coroutine<int> do_nothing_at_all(Invocation /*invocation*/) {
    co_return 0;
}

std::size_t registered() {
    std::size_t count = 0;
    for (const Program* each = this_module.programs; each != nullptr; each = each->next()) {
        ++count;
    }
    return count;
}

TEST_CASE("a program is a constant of a namespace, in Debug", "[contracts]") {
    if (!checked_in_debug) {
        return;
    }
    const std::size_t before = registered();
    CHECK(said_to([] { const Program program("local", "is gone soon", do_nothing_at_all); }) ==
          "local is registered for as long as its module is loaded: define it in a namespace");
    CHECK(registered() == before);
}

TEST_CASE("of no words, and of no lines, there is nothing", "[contracts]") {
    CHECK(terminal::common_beginning({}).empty());
    std::string_view block;
    CHECK(take_line(block).empty());
}

}  // namespace
}  // namespace yos
