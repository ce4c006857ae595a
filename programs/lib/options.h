#pragma once

// A program's options and arguments, declared once: parsed, checked, and printed by --help from
// there. CLI11 does the parsing, and is known in options.cpp alone (its headers take seconds to
// compile).
//
//     Options options(invocation);
//     options.required("N", from, "where to begin");
//     if (!co_await options.parse()) {
//         co_return options.status();
//     }

#include "programs/lib/program.h"
#include "syscalls/listen.h"
#include "tasks/coroutine.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace yos {

/// A whole number with bounds, as an argument or an option.
struct Number {
    std::int64_t value;
    std::int64_t least = 0;
    std::int64_t most = INT64_MAX;
};

class Options {
public:
    explicit Options(const Invocation& invocation);
    ~Options();

    // Arguments, in their order. `name` is what usage calls it.
    void required(const std::string& name, std::string& value, const std::string& help);
    void required(const std::string& name, Number& value, const std::string& help);
    /// Where a server listens: a port of this machine, or what else Address::parse takes.
    void required(const std::string& name, Address& value, const std::string& help);
    void optional(const std::string& name, std::string& value, const std::string& help);
    void optional(const std::string& name, Number& value, const std::string& help);
    /// All that are left; the words from the first of them on are taken as they are.
    void rest(const std::string& name,
              std::vector<std::string>& values,
              const std::string& help,
              bool at_least_one = false);

    /// All words that are no options, wherever they stand.
    void files(std::vector<std::string>& values, const std::string& help);

    // Options: `names` as in "-n,--count". When an option is given twice, the last counts.
    void flag(const std::string& names, bool& value, const std::string& help);
    void option(const std::string& names,
                const std::string& argument,
                std::string& value,
                const std::string& help);
    void option(const std::string& names,
                const std::string& argument,
                Number& value,
                const std::string& help);

    /// An option that may be given several times: all of its arguments are kept, in their order.
    void option(const std::string& names,
                const std::string& argument,
                std::vector<std::string>& values,
                const std::string& help);

    /// -5 is short for `option` 5.
    void digits_mean(const std::string& option) { digits_mean_ = option; }

    /// A line that shows how it is used, for the help.
    void example(const std::string& line);

    /// False when the program is to end with status(): help was asked for and printed, or the words
    /// were wrong, and what is wrong and how it is used was printed.
    Coroutine<bool> parse();

    int status() const { return status_; }

    /// Prints what else is wrong with the words, and how it is used; evaluates to the exit
    /// status, 2.
    Coroutine<int> refuse(std::string wrong);

private:
    class Parser;

    std::vector<std::string> words() const;

    Invocation invocation_;
    std::string digits_mean_;
    std::unique_ptr<Parser> parser_;
    int status_ = 0;
};

}  // namespace yos
