#pragma once

// How the cases of generator_cases_test.cpp and delegation_cases_test.cpp drive generators and say
// what happens, and the comparison with what CPython says.

#include "tasks/generator.h"
#include "tests/lib/catch.h"

#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace yos {

using Lines = std::vector<std::string>;
using Value = std::optional<int>;
using Numbers = Generator<int, Value, Value>;

inline Lines* said = nullptr;  // by the case that is running

inline void say(const std::string& text) {
    said->push_back(text);
}

inline std::string in_words(Value value) {
    return value ? std::to_string(*value) : "None";
}

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The name that Python has for what is thrown.
inline std::string in_words(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Failure& failure) {
        return std::string("failure ") + failure.what();
    } catch (const StopIteration<Value>& stop) {
        return "StopIteration " + in_words(stop.value());
    } catch (const StopIteration<>&) {
        return "StopIteration None";
    } catch (const GeneratorExit&) {
        return "GeneratorExit";
    } catch (const SentTooEarly&) {
        return "TypeError can't send non-None value to a just-started generator";
    } catch (const AlreadyExecuting& error) {
        return std::string("ValueError ") + error.what();
    } catch (const GeneratorError& error) {
        return std::string("RuntimeError ") + error.what();
    }
}

/// Drives a generator, and says what comes of it.
class Driver {
public:
    explicit Driver(Numbers generator) : generator_(std::move(generator)) {}

    void next() {
        tell("next", [this] { return generator_.next(); });
    }
    void send(Value value) {
        tell("send " + in_words(value), [&] { return generator_.send(value); });
    }
    void fail(const std::string& text) {
        tell("throw " + text, [&] { return generator_.throw_in(Failure(text)); });
    }
    void throw_exit() {
        tell("throw_exit", [this] { return generator_.throw_in(GeneratorExit()); });
    }
    void throw_stop() {
        tell("throw_stop", [this] { return generator_.throw_in(StopIteration<>()); });
    }
    void close() {
        tell("close", [this] {
            generator_.close();
            return "done";
        });
    }

    Numbers take() && { return std::move(generator_); }
    Numbers& generator() { return generator_; }

private:
    static std::string in_words(Value value) { return yos::in_words(value); }
    static std::string in_words(const char* text) { return text; }

    template <class Step>
    static void tell(const std::string& what, Step step) {
        try {
            say(what + ": " + in_words(step()));
        } catch (...) {
            say(what + " raised " + yos::in_words(std::current_exception()));
        }
    }

    Numbers generator_;
};

/// All ways to enter a generator.
inline const std::vector<std::function<void(Driver&)>> all_steps = {
    [](Driver& driver) { driver.next(); },
    [](Driver& driver) { driver.fail("a"); },
    [](Driver& driver) { driver.close(); },
    [](Driver& driver) { driver.send(1); },
};

// ---- The comparison ----

struct Case {
    const char* name;
    void (*run)();
};

#define CASE(function)      \
    Case {                  \
#function, function \
    }

/// What CPython says, by the name of the case; empty where there is no python3.
inline std::map<std::string, Lines> transcript_of_python(const std::string& script) {
    std::map<std::string, Lines> transcript;
    const std::string command = "python3 -B '" YOS_SOURCE_DIR "/tests/tasks/" + script + "' 2>/dev/null";
    std::FILE* const python = ::popen(command.c_str(), "r");
    REQUIRE(python != nullptr);
    std::array<char, 256> line;
    std::string name;
    while (std::fgets(line.data(), line.size(), python) != nullptr) {
        std::string text = line.data();
        text.pop_back();
        if (text.starts_with("  ")) {
            transcript[name].push_back(text.substr(2));
        } else {
            name = text;
        }
    }
    const int ended = ::pclose(python);
    constexpr int not_found = 127;  // as the shell says of a command
    if (WEXITSTATUS(ended) != not_found) {
        REQUIRE(ended == 0);
    }
    return transcript;
}

/// Checks that each case says what the one of its name says in `script`, of the directory tests/.
inline void compare_with_python(const std::string& script, const std::vector<Case>& cases) {
    const std::map<std::string, Lines> expected = transcript_of_python(script);
    if (expected.empty()) {
        WARN("skipped: there is no python3 here");
        return;
    }
    CHECK(expected.size() == cases.size());
    for (const Case& each : cases) {
        Lines lines;
        said = &lines;
        each.run();
        said = nullptr;
        INFO(each.name);
        REQUIRE(expected.contains(each.name));
        CHECK(lines == expected.at(each.name));
    }
}

}  // namespace yos
