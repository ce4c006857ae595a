// Who is found to use a module. Here a class of the test's plays the module: its table of virtual
// functions is all that the module has.

#include "kernel/module_users.h"

#include "kernel/system_call.h"
#include "tests/lib/machine.h"

#include <bit>
#include <functional>
#include <future>
#include <thread>

namespace yos {
namespace {

using Users = std::vector<std::string>;

/// Who uses a module that has nothing but what lies at this address.
Users users_of_what_is_at(const void* address, Machine& machine) {
    const auto begin = reinterpret_cast<std::uintptr_t>(address);
    Module module;
    return users_of({"it", "", module, nullptr, {begin, begin + 1}}, machine.kernel());
}

template <class T>
Users users_of_class_of(const T& object, Machine& machine) {
    return users_of_what_is_at(*reinterpret_cast<void* const*>(&object), machine);
}

/// Asks in the midst of a run.
class AskUsers : public SystemCall<Users> {
public:
    explicit AskUsers(std::function<Users()> ask) : ask_(std::move(ask)) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override { return complete(ask_()); }

private:
    std::function<Users()> ask_;
};

Coroutine<> ask(std::function<Users()> question, Users& answer) {
    answer = co_yield AskUsers{std::move(question)};
}

TEST_CASE("a module that nobody uses has no users", "[modules]") {
    Machine machine;
    const int nothing = 0;
    CHECK(users_of_what_is_at(&nothing, machine).empty());
}

TEST_CASE("a module is in use when a pending call is of a class of it", "[modules]") {
    Machine machine;
    const AskUsers call{{}};
    Users users;
    machine.run(ask([&] { return users_of_class_of(call, machine); }, users));
    CHECK(users == Users{"task 1 (ask)"});
}

class Lent final : public File {
public:
    Lent() : File(WaitQueue::Waker::task) {}
    std::string describe() const override { return "lent"; }
};

TEST_CASE("a module is in use when an open file is of a class of it", "[modules]") {
    Machine machine;
    const auto file = std::make_shared<Lent>();
    Descriptor descriptor = machine.kernel().descriptors().open(file);
    CHECK(users_of_class_of(*file, machine) == Users{"descriptor 0 (lent)"});
    descriptor.reset();
    CHECK(users_of_class_of(*file, machine).empty());
}

class Keepsake final : public Held {
public:
    void owner_died(const Task& /*owner*/) noexcept override {}
};

class Take : public SystemCall<> {
public:
    explicit Take(Held& held) : held_(held) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        self.holds(held_);
        return complete();
    }

private:
    Held& held_;
};

Coroutine<> ask_while_holding(Held& held, std::function<Users()> question, Users& answer) {
    co_yield Take{held};
    answer = co_yield AskUsers{std::move(question)};
}

TEST_CASE("a module is in use when a task holds something of a class of it", "[modules]") {
    Machine machine;
    Keepsake keepsake;
    Users users;
    machine.run(ask_while_holding(
        keepsake, [&] { return users_of_class_of(keepsake, machine); }, users));
    CHECK(users == Users{"task 1 (ask_while_holding)"});
    CHECK(users_of_class_of(keepsake, machine).empty());
}

class Patient final : public Threads::Job {
public:
    void run() noexcept override {
        begun.set_value();
        may_end.get_future().wait();
    }
    std::promise<void> begun;
    std::promise<void> may_end;
};

TEST_CASE("a module is in use when a job of a class of it runs in a thread", "[modules]") {
    HostMachine machine;
    Threads& threads = *machine.kernel().world().threads;
    const auto job = std::make_shared<Patient>();
    const Users in_thread = {"a function that runs in a thread"};
    threads.submit(job);
    job->begun.get_future().wait();
    CHECK(users_of_class_of(*job, machine) == in_thread);
    job->may_end.set_value();
    while (threads.take_finished().empty()) {
        CHECK(users_of_class_of(*job, machine) == in_thread);
        std::this_thread::yield();
    }
    CHECK(users_of_class_of(*job, machine).empty());
}

TEST_CASE("a module is in use when an observer is of a class of it", "[modules]") {
    Machine machine;
    CHECK(users_of_class_of(machine.record, machine) == Users{"an observer"});
    machine.kernel().detach(machine.record);
    CHECK(users_of_class_of(machine.record, machine).empty());
}

Coroutine<> end_at_once() {
    co_return;
}

TEST_CASE("a module is in use when a zombie's name is in it", "[modules]") {
    Machine machine;
    const Tid tid = machine.kernel().spawn(end_at_once(), {.joinable = true});
    machine.kernel().run();
    const Task* zombie = machine.kernel().tasks().find(tid);
    REQUIRE(zombie->state() == Task::State::zombie);
    const void* const name = std::bit_cast<const void*>(zombie->outermost());
    CHECK(users_of_what_is_at(name, machine) == Users{"task 1 (end_at_once)"});
    machine.kernel().collect(tid);
    CHECK(users_of_what_is_at(name, machine).empty());
}

}  // namespace
}  // namespace yos
