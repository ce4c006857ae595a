// Where a task is: the names of its coroutines, plain and alike on every compiler, and their lines.

#include "syscalls/get_tid.h"
#include "syscalls/receive.h"
#include "tests/lib/call.h"
#include "tests/lib/machine.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yos::street {

Coroutine<> plain() {
    co_yield Pause{};
}

Coroutine<unsigned int> with_blank_in_result(unsigned long long /*argument*/) {
    co_yield Pause{};
    co_return 1;
}

Coroutine<std::function<void(int)>> with_function_result(void (* /*argument*/)(int)) {
    co_yield Pause{};
    co_return nullptr;
}

Coroutine<std::map<std::string, int>> with_map_result() {
    co_yield Pause{};
    co_return {};
}

struct House {
    Coroutine<> member() const { co_yield Pause{}; }
    static Coroutine<> static_member() { co_yield Pause{}; }
    Coroutine<> operator()(int /*argument*/) { co_yield Pause{}; }

    struct Room {
        Coroutine<> member() { co_yield Pause{}; }
    };
};

template <class T>
struct Box {
    Coroutine<T> member() {
        co_yield Pause{};
        co_return T{};
    }
};

template <class T>
Coroutine<T> function_template(T value) {
    co_yield Pause{};
    co_return value;
}

template <int N>
Coroutine<> number_template() {
    co_yield Pause{};
}

namespace {

Coroutine<> hidden() {
    co_yield Pause{};
}

struct Cellar {
    Coroutine<> member() { co_yield Pause{}; }
};

}  // namespace

Coroutine<> inner() {
    co_yield Pause{};
}
constexpr unsigned inner_line = __LINE__ - 2;

Coroutine<> outer() {
    co_yield Pause{};
    co_await inner();
    co_yield Pause{};
}
constexpr unsigned outer_line = __LINE__ - 3;  // of its co_await

}  // namespace yos::street

namespace yos {
namespace {

using namespace street;

/// The name of the coroutine, if it is the same before it runs and when it is paused.
template <class T>
std::string name_of_coroutine(Coroutine<T> coroutine) {
    Running<T> running(std::move(coroutine));
    const std::string before = running.stack.backtrace().front().function;
    REQUIRE(running.step());
    const std::string paused = running.stack.backtrace().front().function;
    return before == paused ? paused : before + ", later " + paused;
}

TEST_CASE("a coroutine's name has its namespace, but neither parameters nor result", "[tasks]") {
    CHECK(name_of_coroutine(plain()) == "yos::street::plain");
    CHECK(name_of_coroutine(with_blank_in_result(1)) == "yos::street::with_blank_in_result");
    CHECK(name_of_coroutine(with_function_result(nullptr)) == "yos::street::with_function_result");
    CHECK(name_of_coroutine(with_map_result()) == "yos::street::with_map_result");
}

TEST_CASE("a member coroutine's name has its class", "[tasks]") {
    House house;
    House::Room room;
    CHECK(name_of_coroutine(house.member()) == "yos::street::House::member");
    CHECK(name_of_coroutine(House::static_member()) == "yos::street::House::static_member");
    CHECK(name_of_coroutine(room.member()) == "yos::street::House::Room::member");
    CHECK(name_of_coroutine(house(1)) == "yos::street::House::operator()");
}

TEST_CASE("a coroutine's name is that of its template, without arguments", "[tasks]") {
    Box<int> box;
    Box<std::function<void(int)>> box_of_functions;
    CHECK(name_of_coroutine(box.member()) == "yos::street::Box::member");
    CHECK(name_of_coroutine(box_of_functions.member()) == "yos::street::Box::member");
    CHECK(name_of_coroutine(function_template(1)) == "yos::street::function_template");
    CHECK(name_of_coroutine(function_template(std::function<void(int)>())) ==
          "yos::street::function_template");
    CHECK(name_of_coroutine(number_template<3>()) == "yos::street::number_template");
}

TEST_CASE("a coroutine's name leaves out anonymous namespaces", "[tasks]") {
    Cellar cellar;
    CHECK(name_of_coroutine(hidden()) == "yos::street::hidden");
    CHECK(name_of_coroutine(cellar.member()) == "yos::street::Cellar::member");
}

Coroutine<> make_lambda() {
    return []() -> Coroutine<> { co_yield Pause{}; }();
}

TEST_CASE("a lambda is known by the function that it stands in", "[tasks]") {
    CHECK(name_of_coroutine(make_lambda()) == "yos::make_lambda");
}

TEST_CASE("a backtrace has every frame with its file and line, innermost first", "[tasks]") {
    Running<void> running(outer());
    REQUIRE(running.step());
    REQUIRE(running.step());
    const std::vector<StackEntry> backtrace = running.stack.backtrace();
    REQUIRE(backtrace.size() == 2);
    CHECK(backtrace[0].function == "yos::street::inner");
    CHECK(backtrace[0].line == inner_line);
    CHECK(backtrace[1].function == "yos::street::outer");
    CHECK(backtrace[1].line == outer_line);
    for (const StackEntry& entry : backtrace) {
        CHECK(std::string_view(entry.file).ends_with("tests/tasks/backtrace_test.cpp"));
    }
    REQUIRE(running.step());
    CHECK(running.stack.backtrace().size() == 1);
    CHECK(running.stack.backtrace().front().line == outer_line + 1);
    CHECK(!running.step());
    CHECK(running.stack.backtrace().empty());
}

TEST_CASE("a task that was given no name has that of its first coroutine, without its scope",
          "[tasks]") {
    Machine machine;
    machine.kernel().spawn(hidden());
    machine.kernel().spawn(Box<int>().member());
    machine.kernel().spawn(plain(), {.name = "given"});
    CHECK(machine.kernel().find_alive(1)->name() == "hidden");
    CHECK(machine.kernel().find_alive(2)->name() == "member");
    CHECK(machine.kernel().find_alive(3)->name() == "given");
    machine.kernel().run();
}

template <class T>
struct Post {
    class Send final : public SystemCall<> {
    public:
        Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return complete(); }
    };
};

std::string name_of_local_call(const std::vector<int>& /*argument*/) {
    class Local final : public SystemCall<> {
    public:
        Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return complete(); }
    };
    return name_of(Local());
}

TEST_CASE("a call's name is its class, without its scope and template arguments", "[tasks]") {
    Channel<std::vector<int>> channel(1);
    CHECK(name_of(Pause()) == "Pause");
    CHECK(name_of(GetTid()) == "GetTid");
    CHECK(name_of(Receive(channel)) == "Receive");
    CHECK(name_of(Post<std::vector<int>>::Send()) == "Send");
    CHECK(name_of_local_call({}) == "Local");
    CHECK(to_string(GetTid()) == "GetTid()");
}

}  // namespace
}  // namespace yos
