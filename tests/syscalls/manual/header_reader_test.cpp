// What the manual's reader of headers makes of them.

#include "syscalls/manual/header_reader.h"

#include "syscalls/manual/tokens.h"
#include "tests/lib/catch.h"

#include <string>
#include <vector>

namespace yos::manual {
namespace {

std::vector<Subject> read(const std::string& text) {
    return subjects_of({{"calls/some.h", text}});
}

Subject read_one(const std::string& text) {
    const std::vector<Subject> subjects = read(text);
    REQUIRE(subjects.size() == 1);
    return subjects.front();
}

std::string complaint_of(const std::vector<Header>& headers) {
    try {
        subjects_of(headers);
    } catch (const HeaderError& error) {
        return error.what();
    }
    return "none";
}

TEST_CASE("the reader finds name, comment, parameters and result of a call", "[manual]") {
    const Subject call = read_one(R"(#pragma once

namespace yos {

/// Waits for the bus. Blocks until it comes;
/// woken by the driver.
class WaitForBus : public SystemCall<std::optional<Bus>> {
public:
    explicit WaitForBus(int line, std::string stop = "here") : line_(line) {}

    Outcome handle(Kernel& kernel, Task& self) override { return complete(line_); }

private:
    int line_;
};

}  // namespace yos
)");
    CHECK(call.kind == Subject::Kind::system_call);
    CHECK(call.name == "WaitForBus");
    CHECK(call.header == "calls/some.h");
    CHECK(call.line == 7);
    CHECK(call.comment == "Waits for the bus. Blocks until it comes; woken by the driver.");
    REQUIRE(call.forms.size() == 1);
    CHECK(call.forms[0].template_line.empty());
    CHECK(call.forms[0].parameters == "int line, std::string stop = \"here\"");
    CHECK(call.forms[0].result == "std::optional<Bus>");
}

TEST_CASE("a call without a constructor has a form without parameters", "[manual]") {
    const Subject call = read_one("/// It.\nstruct Beep final : SystemCall<> {\n};\n");
    CHECK(call.name == "Beep");
    REQUIRE(call.forms.size() == 1);
    CHECK(call.forms[0].parameters.empty());
    CHECK(call.forms[0].result.empty());
}

TEST_CASE("each public constructor is a form, and no copy, move or private one", "[manual]") {
    const Subject call = read_one(R"(
/// It.
class Call : public yos::SystemCall<int> {
    explicit Call(char hidden) {}
public:
    explicit Call(int a) : a_{a}, b_{f({1})} {}
    template <class U>
    explicit Call(U&& u, std::vector<std::vector<int>> v = {}) noexcept : a_(0) {}
    Call(const Call&) = delete;
    Call(Call&& other) noexcept : a_(other.a_) {}
    explicit Call(double) = delete;
protected:
    explicit Call(long hidden);
};
)");
    REQUIRE(call.forms.size() == 2);
    CHECK(call.forms[0].parameters == "int a");
    CHECK(call.forms[1].parameters == "U&& u, std::vector<std::vector<int>> v = {}");
}

TEST_CASE("a template's line belongs to its forms, and type_identity to nobody", "[manual]") {
    const Subject call = read_one(R"(
/// It.
template <class T, std::size_t n = (3 > 2)>
requires std::movable<T>
class Put : public SystemCall<std::pair<T, std::vector<T>>> {
public:
    explicit Put(Channel<T>& channel, std::type_identity_t<std::optional<T>> value) {}
};

template <>
class Put<void> : public SystemCall<void> {};
)");
    REQUIRE(call.forms.size() == 1);
    CHECK(call.forms[0].template_line ==
          "template <class T, std::size_t n = (3 > 2)> requires std::movable<T>");
    CHECK(call.forms[0].parameters == "Channel<T>& channel, std::optional<T> value");
    CHECK(call.forms[0].result == "std::pair<T, std::vector<T>>");
}

TEST_CASE("a call that keeps its result itself says of what type that is", "[manual]") {
    const Subject call = read_one(R"(
/// It.
class Call : public AnySystemCall {
public:
    explicit Call(int a);
    using Result = std::map<int, Tid>;
    Result take_result();
};
)");
    REQUIRE(call.forms.size() == 1);
    CHECK(call.forms[0].result == "std::map<int, Tid>");
}

TEST_CASE("what changes a call before it is yielded is a modifier", "[manual]") {
    const Subject call = read_one(R"(
/// It.
class Start : public SystemCall<Tid> {
public:
    /// Quietly.
    Start&& quiet() && { return std::move(*this); }
    Start&& named(std::string name) && { return std::move(*this); }
    Outcome handle(Kernel&, Task&) override;
    const std::string& name() const;
};
)");
    REQUIRE(call.modifiers.size() == 2);
    CHECK(call.modifiers[0].call == "quiet()");
    CHECK(call.modifiers[0].comment == "Quietly.");
    CHECK(call.modifiers[1].call == "named(std::string name)");
    CHECK(call.modifiers[1].comment.empty());
}

TEST_CASE("a free function that returns a Coroutine is a subroutine", "[manual]") {
    const std::vector<Subject> subjects = read(R"(
namespace yos::library {
/// Reads it all.
template <class T>
inline Coroutine<std::vector<T>> read_all(Fd fd, Parser<T> parser = {}) { co_return {}; }
/// Declared only.
Coroutine<> flush(Fd fd);
Coroutine<int> Socket::read() { co_return 1; }
int no_subroutine(Coroutine<int> it);
std::ostream& operator<<(std::ostream& out, Coroutine<> it);
}
)");
    REQUIRE(subjects.size() == 2);
    CHECK(subjects[0].kind == Subject::Kind::subroutine);
    CHECK(subjects[0].name == "read_all");
    CHECK(subjects[0].comment == "Reads it all.");
    CHECK(subjects[0].forms[0].template_line == "template <class T>");
    CHECK(subjects[0].forms[0].parameters == "Fd fd, Parser<T> parser = {}");
    CHECK(subjects[0].forms[0].result == "std::vector<T>");
    CHECK(subjects[1].name == "flush");
    CHECK(subjects[1].forms[0].result.empty());
}

TEST_CASE("overloads of a subroutine are forms of one", "[manual]") {
    const Subject subroutine = read_one(
        "/// It.\nCoroutine<int> get(Fd fd);\n"
        "Coroutine<int> get(Fd fd, int most);\n");
    REQUIRE(subroutine.forms.size() == 2);
    CHECK(subroutine.forms[1].parameters == "Fd fd, int most");
}

TEST_CASE("a class that derives from a call is one, wherever that stands", "[manual]") {
    const std::vector<Subject> subjects =
        subjects_of({{"a.h",
                      "/// A.\nclass Gently : public Push {\npublic:\n    using Push::Push;\n"
                      "    explicit Gently(Slowly how);\n};\n"
                      "class Unrelated : public Stranger {};\n"},
                     {"b.h",
                      "/// B.\nclass Push : public SystemCall<bool> {\npublic:\n"
                      "    explicit Push(Door& door);\n};\n"}});
    REQUIRE(subjects.size() == 2);
    CHECK(subjects[1].name == "Gently");
    REQUIRE(subjects[1].forms.size() == 2);
    CHECK(subjects[1].forms[0].parameters == "Door& door");
    CHECK(subjects[1].forms[0].result == "bool");
    CHECK(subjects[1].forms[1].parameters == "Slowly how");
    CHECK(subjects[1].forms[1].result == "bool");
}

TEST_CASE("odd comments are told apart", "[manual]") {
    const Subject call = read_one(R"(
//// A line for the eye.
int x = 0;  ///< about x
/// Not about the call.
struct Other {};

///First
/// line, "with { an odd quote.
///
///
///   Second paragraph; /* no comment */ // nor this.
// A remark.
/* class Fake : public SystemCall<> { */
class Call
    : public SystemCall<> {  ///< not about it
    /// Nor this.
};
)");
    CHECK(call.comment ==
          "First line, \"with { an odd quote.\n\nSecond paragraph; /* no comment */ // nor this.");
}

TEST_CASE("code in a comment keeps its lines", "[manual]") {
    const Subject call = read_one(R"(
/// Thus:
///     auto x = co_yield Call{};
///       // deeper
///
///     f(x);
/// And
/// so on.
class Call : public SystemCall<> {};
)");
    CHECK(call.comment ==
          "Thus:\n\n    auto x = co_yield Call{};\n      // deeper\n\n    f(x);\n\nAnd so on.");
}

TEST_CASE("brackets in literals and preprocessor lines open nothing", "[manual]") {
    const Subject call = read_one(R"cpp(
#define OPEN          \
            {                 \
                {             \
                    {         \
                        {     \
                            { \
                                {
        /// It.
        class Call : public SystemCall<> {
        public:
            Outcome handle() { return '{' + "\"{" + R"x({)")x" + 1'000; }
            explicit Call(int a);
        };
    )cpp");
    CHECK(call.forms[0].parameters == "int a");
}

TEST_CASE("what has no comment is complained of by file and line", "[manual]") {
    CHECK_THAT(complaint_of({{"calls/some.h", "\n\nclass Call : public SystemCall<> {};\n"}}),
               Catch::Matchers::StartsWith("calls/some.h:3: Call has no comment"));
    CHECK_THAT(complaint_of({{"calls/some.h", "\nCoroutine<> get();\n"}}),
               Catch::Matchers::StartsWith("calls/some.h:2: get has no comment"));
}

TEST_CASE("a header that cannot be read is complained of by file and line", "[manual]") {
    CHECK(complaint_of({{"a.h", "\nclass A {\n  void f() { }\n"}}) == "a.h:2: this { has no end");
    CHECK(complaint_of({{"a.h", "int f(\nint;\n"}}) == "a.h:1: this ( has no end");
    CHECK(complaint_of({{"a.h", "\n/* x"}}) == "a.h:2: this comment has no end");
    CHECK(complaint_of({{"a.h", "char x = \"\n\";"}}) == "a.h:1: this literal has no end");
    CHECK(complaint_of({{"a.h", "\nauto x = R\"(\n"}}) == "a.h:2: this literal has no end");
}

TEST_CASE("two calls of one name are complained of", "[manual]") {
    const std::string call = "/// It.\nclass Call : public SystemCall<> {};\n";
    CHECK(complaint_of({{"a.h", call}, {"b.h", "\n" + call}}) == "b.h:3: Call is already in a.h:2");
}

}  // namespace
}  // namespace yos::manual
