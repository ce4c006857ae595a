#include "programs/shell/expand.h"

#include "programs/lib/print.h"
#include "programs/shell/fields.h"
#include "programs/shell/shell.h"
#include "syscalls/list_directory.h"
#include "syscalls/tried.h"

#include <algorithm>

namespace yos::shell {
namespace {

/// Where a path's next component begins and ends, from `at` on.
std::string_view component_at(std::string_view pattern, std::size_t at) {
    return pattern.substr(at, pattern.find('/', at) - at);
}

/// The names in a directory that a pattern describes; hidden ones only if it begins with a dot.
Coroutine<std::vector<std::string>> names_matching(std::string directory, std::string pattern) {
    std::vector<std::string> names;
    if (directory.empty()) {
        directory = ".";
    }
    auto listed = co_yield Tried{ListDirectory{directory}};
    const auto entries = std::move(listed).value_or({});  // no directory: nothing is in there
    for (const DirectoryEntry& entry : entries) {
        const bool hidden = entry.name.starts_with('.') && !pattern.starts_with('.');
        if (!hidden && matches(pattern, entry.name)) {
            names.push_back(entry.name);
        }
    }
    co_return names;
}

Coroutine<> expand_into(Shell& shell,
                        const Word& word,
                        Fields& fields,
                        bool literals_split = false);

/// None for what is not set.
std::optional<std::string> value_of(const State& state, const std::string& parameter) {
    const Words& arguments = *state.arguments;
    switch (parameter.front()) {
        case '?':
            return std::to_string(state.status);
        case '$':
            return std::to_string(state.shell);
        case '#':
            return std::to_string(arguments.size());
        case '!':
            return state.last_job_task != kernel_tid
                       ? std::optional(std::to_string(state.last_job_task))
                       : std::nullopt;
        case '-':
            return std::string(state.exit_on_error ? "e" : "") + (state.trace ? "x" : "") +
                   (state.interactive ? "i" : "");
        case '@':
        case '*':
            return arguments.empty() ? std::nullopt : std::optional(joined(arguments, " "));
        default:
            break;
    }
    if (parameter.front() >= '0' && parameter.front() <= '9') {
        const std::size_t number =
            parameter.size() > 6 ? arguments.size() + 1 : std::stoul(parameter);
        if (number == 0) {
            return state.name;
        }
        return number <= arguments.size() ? std::optional(arguments[number - 1]) : std::nullopt;
    }
    return state.is_set(parameter) ? std::optional(state.value_of(parameter)) : std::nullopt;
}

/// $@ and $*: in quotes "$@" is a field for each argument, and "$*" is one.
void add_arguments(const State& state, const std::string& name, bool quoted, Fields& fields) {
    if (quoted && name == "*") {
        return fields.add_quoted(joined(*state.arguments, " "));
    }
    for (std::size_t i = 0; i < state.arguments->size(); ++i) {
        if (i > 0) {
            fields.end_field();
        }
        const std::string& argument = (*state.arguments)[i];
        quoted ? fields.add_quoted(argument) : fields.add_split(argument);
    }
}

Coroutine<> expand_parameter(Shell& shell,
                             const Parameter& parameter,
                             bool quoted,
                             Fields& fields) {
    State& state = shell.state();
    const auto add = [&](std::string_view text) {
        quoted ? fields.add_quoted(text) : fields.add_split(text);
    };
    const std::string& name = parameter.name;
    if ((name == "@" || name == "*") && parameter.action == '\0') {
        co_return add_arguments(state, name, quoted, fields);
    }
    std::optional<std::string> value = value_of(state, name);
    const bool counts = value && !(parameter.colon && value->empty());
    switch (parameter.action) {
        case '#':
            co_return add(std::to_string(value.value_or("").size()));
        case '+':
            if (counts) {
                co_await expand_into(shell, *parameter.word, fields, !quoted);
            }
            co_return;
        case '-':
            if (!counts) {
                co_return co_await expand_into(shell, *parameter.word, fields, !quoted);
            }
            break;
        case '=':
            if (!counts) {
                value = co_await expand_to_text(shell, *parameter.word);
                state.set(name, *value);
            }
            break;
        case '?':
            if (!counts) {
                std::string why = co_await expand_to_text(shell, *parameter.word);
                why = why.empty() ? "is not set" : why;
                co_await print(state.err(), "sh: {}: {}\n", name, why);
                state.status = 1;
                state.flow = state.interactive && !state.subshell ? Flow::interrupted : Flow::exit;
                co_return;
            }
            break;
        default:
            break;
    }
    add(value.value_or(""));
}

/// `literals_split`: it is the word in ${NAME:-WORD}, and so came out of a $.
Coroutine<> expand_into(Shell& shell, const Word& word, Fields& fields, bool literals_split) {
    for (const WordPart& part : word.parts) {
        if (const auto* text = std::get_if<std::string>(&part.what)) {
            if (part.quoted) {
                fields.add_quoted(*text);
            } else if (literals_split) {
                fields.add_split(*text);
            } else {
                fields.add_literal(*text);
            }
        } else if (const auto* parameter = std::get_if<Parameter>(&part.what)) {
            co_await expand_parameter(shell, *parameter, part.quoted, fields);
        } else {
            const std::string output =
                co_await shell.output_of(std::get<Substitution>(part.what).commands);
            part.quoted ? fields.add_quoted(output) : fields.add_split(output);
        }
        if (shell.state().flow != Flow::next) {
            co_return;
        }
    }
}

/// Goes down the directories one component of the pattern at a time.
Coroutine<Words> paths_matching(std::string pattern) {
    Words paths = {""};
    for (std::size_t at = 0; at < pattern.size();) {
        const std::string component(component_at(pattern, at));
        const bool last = at + component.size() == pattern.size();
        at += component.size() + (last ? 0 : 1);
        Words longer;
        for (const std::string& path : paths) {
            Words names = {without_escapes(component)};
            const bool exists = !last || component.empty() || component == "." || component == "..";
            if (has_wildcards(component) || !exists) {
                names = co_await names_matching(path, component);
            }
            for (const std::string& name : names) {
                longer.push_back(path + name + (last ? "" : "/"));
            }
        }
        paths = std::move(longer);
    }
    std::sort(paths.begin(), paths.end());
    co_return paths;
}

}  // namespace

Coroutine<Words> expand(Shell& shell, const std::vector<Word>& words) {
    const State& state = shell.state();
    Words expanded;
    for (const Word& word : words) {
        Fields fields(state.value_of("IFS", " \t\n"));
        co_await expand_into(shell, word, fields);
        if (state.flow != Flow::next) {
            co_return Words();
        }
        for (std::string& pattern : fields.take()) {
            Words paths;
            if (has_wildcards(pattern)) {
                paths = co_await paths_matching(pattern);
            }
            if (paths.empty()) {
                paths.push_back(without_escapes(pattern));
            }
            expanded.insert(expanded.end(), paths.begin(), paths.end());
        }
    }
    co_return expanded;
}

Coroutine<std::string> expand_to_text(Shell& shell, const Word& word) {
    const std::string pattern = co_await expand_to_pattern(shell, word);
    co_return without_escapes(pattern);
}

Coroutine<std::string> expand_to_pattern(Shell& shell, const Word& word) {
    Fields fields("");  // nothing separates
    co_await expand_into(shell, word, fields);
    const Words patterns = fields.take();
    co_return joined(patterns, " ");
}

}  // namespace yos::shell
