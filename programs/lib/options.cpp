#include "programs/lib/options.h"

#include "programs/lib/print.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <functional>

namespace yos {
namespace {

std::int64_t checked_number(const Number& bounds,
                            const std::string& name,
                            const std::string& text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end || value < bounds.least || value > bounds.most) {
        const std::string range =
            bounds.most == INT64_MAX
                ? fmt::format("a whole number, {} or more", bounds.least)
                : fmt::format("a whole number from {} to {}", bounds.least, bounds.most);
        throw CLI::ValidationError(name, fmt::format("\"{}\" is not {}", text, range));
    }
    return value;
}

// CLI11 takes a word like [a,b] for a list of two, unless it ends in something else.
constexpr char guard = '\1';

void put_guard(std::string& word) {
    if (word.starts_with('[') && word.ends_with(']')) {
        word += guard;
    }
}

CLI::Validator guard_removed() {
    const auto remove = [](std::string& word) {
        if (word.ends_with(guard)) {
            word.pop_back();
        }
        return std::string();
    };
    return {remove, ""};
}

/// CLI11's help, with our line of usage at its head.
class Help : public CLI::Formatter {
public:
    explicit Help(std::function<std::string()> usage) : usage_(std::move(usage)) {
        column_width(24);
    }

    std::string make_usage(const CLI::App* /*app*/, std::string /*name*/) const override {
        return usage_() + "\n";
    }

private:
    std::function<std::string()> usage_;
};

}  // namespace

class Options::Parser {
public:
    Parser(std::string summary, std::string name) : app(std::move(summary), std::move(name)) {
        app.set_help_flag("--help", "print this help");
        app.formatter(std::make_shared<Help>([this] { return usage(); }));
    }

    CLI::Option* add(const std::string& names, std::string& value, const std::string& help) {
        return app.add_option(names, value, help)->transform(guard_removed());
    }

    CLI::Option* add(const std::string& names, Number& number, const std::string& help) {
        const std::string name = names.substr(names.rfind(',') + 1);
        return app.add_option_function<std::string>(
            names,
            [&number, name](const std::string& text) {
                number.value = checked_number(number, name, text);
            },
            help);
    }

    CLI::Option* add(const std::string& name, Address& address, const std::string& help) {
        return app.add_option_function<std::string>(
            name,
            [&address, name](const std::string& text) {
                try {
                    address = Address::parse(text);
                } catch (const std::exception& failure) {
                    throw CLI::ValidationError(name, failure.what());
                }
            },
            help);
    }

    /// Where there is a rest, CLI11 lets those before it pass.
    void refuse_unknown_options() const {
        for (const std::string& unknown : app.remaining()) {
            if (unknown != "--") {
                throw CLI::ExtrasError({unknown});
            }
        }
    }

    /// Is it an option, and the word behind it the option's?
    bool takes_value(const std::string& word) const {
        const CLI::Option* const option = app.get_option_no_throw(word);
        return word.starts_with('-') && option != nullptr && option->get_items_expected_max() > 0;
    }

    std::string usage() const {
        std::string line = "usage: " + app.get_name();
        for (const CLI::Option* option : app.get_options(
                 [](const CLI::Option* candidate) { return candidate->nonpositional(); })) {
            const std::string argument = option->get_type_name();
            line += " [" + option->get_name() + (argument.empty() ? "" : " " + argument) + "]";
        }
        return line + arguments;
    }

    CLI::App app;
    std::string arguments;  // as usage shows them
};

Options::Options(const Invocation& invocation)
    : invocation_(invocation),
      parser_(std::make_unique<Parser>(std::string(invocation.program->summary()),
                                       std::string(invocation.program->name()))) {}

Options::~Options() = default;

void Options::required(const std::string& name, std::string& value, const std::string& help) {
    parser_->add(name, value, help)->required()->type_name("");
    parser_->arguments += " " + name;
}

void Options::required(const std::string& name, Number& value, const std::string& help) {
    parser_->add(name, value, help)->required()->type_name("");
    parser_->arguments += " " + name;
}

void Options::required(const std::string& name, Address& value, const std::string& help) {
    parser_->add(name, value, help)->required()->type_name("");
    parser_->arguments += " " + name;
}

void Options::optional(const std::string& name, std::string& value, const std::string& help) {
    parser_->add(name, value, help)->type_name("");
    parser_->arguments += " [" + name + "]";
}

void Options::optional(const std::string& name, Number& value, const std::string& help) {
    parser_->add(name, value, help)->type_name("");
    parser_->arguments += " [" + name + "]";
}

void Options::rest(const std::string& name,
                   std::vector<std::string>& values,
                   const std::string& help,
                   bool at_least_one) {
    parser_->app.add_option(name, values, help)
        ->required(at_least_one)
        ->transform(guard_removed())
        ->type_name("");
    parser_->app.positionals_at_end();
    parser_->app.prefix_command();
    parser_->arguments += at_least_one ? " " + name + "..." : " [" + name + "...]";
}

void Options::files(std::vector<std::string>& values, const std::string& help) {
    parser_->app.add_option("FILE", values, help)->transform(guard_removed())->type_name("");
    parser_->arguments += " [FILE...]";
}

void Options::flag(const std::string& names, bool& value, const std::string& help) {
    parser_->app.add_flag(names, value, help);
}

void Options::option(const std::string& names,
                     const std::string& argument,
                     std::string& value,
                     const std::string& help) {
    parser_->add(names, value, help)->type_name(argument)->take_last();
}

void Options::option(const std::string& names,
                     const std::string& argument,
                     Number& value,
                     const std::string& help) {
    parser_->add(names, value, help)->type_name(argument)->take_last();
}

void Options::option(const std::string& names,
                     const std::string& argument,
                     std::vector<std::string>& values,
                     const std::string& help) {
    parser_->app.add_option(names, values, help)
        ->transform(guard_removed())
        ->type_name(argument)
        ->allow_extra_args(false);
}

void Options::example(const std::string& line) {
    parser_->app.footer("example: " + line);
}

Coroutine<int> Options::refuse(std::string wrong) {
    status_ = 2;
    co_await print(
        invocation_.err, "{}: {}\n{}\n", invocation_.program->name(), wrong, parser_->usage());
    co_return status_;
}

/// The words of the invocation, as CLI11 will understand them.
std::vector<std::string> Options::words() const {
    std::vector<std::string> words = invocation_.words;
    for (std::size_t i = 0; i < words.size() && words[i] != "--" && !digits_mean_.empty(); ++i) {
        const bool is_digits = words[i].size() > 1 && words[i].front() == '-' &&
                               words[i].find_first_not_of("0123456789", 1) == std::string::npos;
        if (is_digits && (i == 0 || !parser_->takes_value(words[i - 1]))) {
            words[i].replace(0, 1, digits_mean_);
        }
    }
    std::for_each(words.begin(), words.end(), put_guard);
    return words;
}

Coroutine<bool> Options::parse() {
    std::string wrong;
    try {
        std::vector<std::string> reversed = words();
        std::reverse(reversed.begin(), reversed.end());
        parser_->app.parse(std::move(reversed));
        parser_->refuse_unknown_options();
        co_return true;
    } catch (const CLI::CallForHelp&) {
    } catch (const CLI::ParseError& error) {
        wrong = error.what();
    }
    if (wrong.empty()) {
        co_await print(invocation_.out, "{}", parser_->app.help());
        co_return false;
    }
    co_await refuse(std::move(wrong));
    co_return false;
}

}  // namespace yos
