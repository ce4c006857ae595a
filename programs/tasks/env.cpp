#include "programs/lib/command.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"

namespace yos {
namespace {

Coroutine<int> env(Invocation invocation) {
    bool empty = false;
    std::vector<std::string> words;
    Options options(invocation);
    options.rest("NAME=VALUE... COMMAND", words, "variables to set, and what to run with them");
    options.flag("-i,--ignore-environment", empty, "begin with no variable at all");
    options.example("env LANG=C sort names");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    auto environment = std::make_shared<Environment>();
    if (!empty) {
        *environment = *invocation.environment;
    }
    while (!words.empty() && words.front().find('=') != std::string::npos) {
        const std::string& assignment = words.front();
        const auto equals = assignment.find('=');
        (*environment)[assignment.substr(0, equals)] = assignment.substr(equals + 1);
        words.erase(words.begin());
    }
    if (!words.empty()) {
        invocation.environment = environment;
        co_return co_await run_command(std::move(invocation), std::move(words));
    }
    std::string text;
    for (const auto& [name, value] : *environment) {
        text += name + "=" + value + "\n";
    }
    co_await write_all(invocation.out, std::move(text));
    co_return 0;
}

const Program program("env", "print the environment, or run a program with another one", env);

}  // namespace
}  // namespace yos
