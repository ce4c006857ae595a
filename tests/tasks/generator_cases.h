#pragma once

// The generators that the cases drive, one of every kind. They say what those of their names say in
// generator_cases.py and delegation_cases.py.

#include "tests/tasks/generator_driver.h"

namespace yos {

inline Numbers counting(int times) {
    for (int i = 0; i < times; ++i) {
        co_yield i;
    }
    co_return std::nullopt;
}

inline Numbers returning(int value) {
    co_yield 1;
    co_return value;
}

inline Numbers echo() {
    Value sent;
    for (;;) {
        sent = co_yield sent.value_or(-1);
        say("got " + in_words(sent));
        if (sent == 99) {
            co_return sent;
        }
    }
}

inline Numbers catching(std::string name) {
    for (;;) {
        try {
            const Value sent = co_yield 1;
            say(name + " got " + in_words(sent));
        } catch (const Failure& failure) {
            say(name + " caught " + failure.what());
        } catch (const GeneratorExit&) {
            say(name + " hears GeneratorExit");
            throw;
        }
    }
}

inline Numbers giving_in() {
    try {
        co_yield 1;
    } catch (const Failure&) {
        say("gives in");
    } catch (const GeneratorExit&) {
        say("gives in");
    }
    co_return 7;
}

inline Numbers stubborn() {
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        say("ignores GeneratorExit");
    }
    co_yield 2;
    say("goes on");
    co_return std::nullopt;
}

inline Numbers failing_at_end() {
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        say("fails");
        throw Failure("at the end");
    }
    co_return std::nullopt;
}

inline Numbers failing(int after) {
    for (int i = 0; i < after; ++i) {
        co_yield i;
    }
    throw Failure("by itself");
}

inline Numbers raising_stop() {
    co_yield 1;
    counting(0).next();
    co_return std::nullopt;
}

inline const std::array<std::string, 4> ways_to_finish = {"ends", "fails", "returns", "yields"};

inline Numbers finishing(std::string how) {
    std::exception_ptr thrown;
    try {
        co_yield 1;
    } catch (...) {
        thrown = std::current_exception();
    }
    say("finally");
    if (how == "fails") {
        throw Failure("in finally");
    }
    if (how == "returns") {
        co_return 7;
    }
    if (how == "yields") {
        co_yield 2;
        say("finally again");
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    co_return std::nullopt;
}

inline Numbers replacing() {
    try {
        co_yield 1;
    } catch (const Failure& failure) {
        throw Failure(std::string("instead of ") + failure.what());
    }
    co_return std::nullopt;
}

inline Numbers exiting() {
    co_yield 1;
    throw GeneratorExit();
}

inline Numbers guarded(std::string name) {
    struct Guard {
        ~Guard() { say(name + " is gone"); }
        const std::string& name;
    };
    const Guard guard{name};
    co_yield 1;
    co_yield 2;
    co_return std::nullopt;
}

inline Numbers driving_itself(std::function<void()> step) {
    co_yield 1;
    step();
    co_yield 2;
    co_return std::nullopt;
}

// ---- Those that delegate ----

inline Numbers delegating(Numbers inner) {
    say("before");
    try {
        const Value result = co_await std::move(inner);
        say("result " + in_words(result));
    } catch (const GeneratorExit&) {
        say("outer hears GeneratorExit");
        throw;
    } catch (...) {
        say("outer caught " + in_words(std::current_exception()));
    }
    co_yield 100;
    say("after");
    co_return 200;
}

inline Numbers passing_on(Numbers inner) {
    co_return co_await std::move(inner);
}

inline Numbers cleaning_up(Numbers inner) {
    std::exception_ptr exit;
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        exit = std::current_exception();
    }
    if (exit) {
        co_await std::move(inner);
        say("cleaned up");
        std::rethrow_exception(exit);
    }
    co_return std::nullopt;
}

inline Numbers adding(Numbers one, Numbers another) {
    const Value first = co_await std::move(one);
    const Value second = co_await std::move(another);
    co_return *first + *second;
}

inline Numbers delegating_when_told(Numbers inner) {
    const Value sent = co_yield 1;
    say("outer got " + in_words(sent));
    co_return co_await std::move(inner);
}

inline Numbers finishing_after(Numbers inner) {
    std::exception_ptr thrown;
    try {
        co_await std::move(inner);
    } catch (...) {
        thrown = std::current_exception();
    }
    co_await counting(1);
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    co_return std::nullopt;
}

inline Numbers delegating_later(std::function<Numbers&()> inner) {
    co_yield 1;
    co_await std::move(inner());
    co_return std::nullopt;
}

}  // namespace yos
