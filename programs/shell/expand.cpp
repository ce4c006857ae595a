// The part of the interpreter that makes text of words, in the order of POSIX: parameters and
// $( ), then splitting into fields, then paths, and last the quotes go.

#include "programs/lib/print.h"
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

}  // namespace

Coroutine<Shell::Words> Shell::expand(const std::vector<Word>& words) {
    Words expanded;
    for (const Word& word : words) {
        Fields fields(state_.value_of("IFS", " \t\n"));
        co_await expand_into(word, fields);
        if (flow_ != Flow::next) {
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

/// Where nothing is split: for the value of a variable, the target of a redirection.
Coroutine<std::string> Shell::expand_to_text(const Word& word) {
    const std::string pattern = co_await expand_to_pattern(word);
    co_return without_escapes(pattern);
}

Coroutine<std::string> Shell::expand_to_pattern(const Word& word) {
    Fields fields("");  // nothing separates
    co_await expand_into(word, fields);
    const Words patterns = fields.take();
    co_return joined(patterns, " ");
}

/// `literals_split`: it is the word in ${NAME:-WORD}, and so came out of a $.
Coroutine<> Shell::expand_into(const Word& word, Fields& fields, bool literals_split) {
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
            co_await expand_parameter(*parameter, part.quoted, fields);
        } else {
            const std::string output =
                co_await output_of(std::get<Substitution>(part.what).commands);
            part.quoted ? fields.add_quoted(output) : fields.add_split(output);
        }
        if (flow_ != Flow::next) {
            co_return;
        }
    }
}

Coroutine<> Shell::expand_parameter(const Parameter& parameter, bool quoted, Fields& fields) {
    const auto add = [&](std::string_view text) {
        quoted ? fields.add_quoted(text) : fields.add_split(text);
    };
    const std::string& name = parameter.name;
    if ((name == "@" || name == "*") && parameter.action == '\0') {
        co_return expand_arguments(name, quoted, fields);
    }
    std::optional<std::string> value = value_of(name);
    const bool counts = value && !(parameter.colon && value->empty());
    switch (parameter.action) {
        case '#':
            co_return add(std::to_string(value.value_or("").size()));
        case '+':
            if (counts) {
                co_await expand_into(*parameter.word, fields, !quoted);
            }
            co_return;
        case '-':
            if (!counts) {
                co_return co_await expand_into(*parameter.word, fields, !quoted);
            }
            break;
        case '=':
            if (!counts) {
                value = co_await expand_to_text(*parameter.word);
                state_.set(name, *value);
            }
            break;
        case '?':
            if (!counts) {
                std::string why = co_await expand_to_text(*parameter.word);
                why = why.empty() ? "is not set" : why;
                co_await print(err(), "sh: {}: {}\n", name, why);
                state_.status = 1;
                flow_ = state_.interactive && !subshell_ ? Flow::interrupted : Flow::exit;
                co_return;
            }
            break;
        default:
            break;
    }
    add(value.value_or(""));
}

/// $@ and $*: in quotes "$@" is a field for each argument, and "$*" is one.
void Shell::expand_arguments(const std::string& name, bool quoted, Fields& fields) {
    if (quoted && name == "*") {
        return fields.add_quoted(joined(*state_.arguments, " "));
    }
    for (std::size_t i = 0; i < state_.arguments->size(); ++i) {
        if (i > 0) {
            fields.end_field();
        }
        const std::string& argument = (*state_.arguments)[i];
        quoted ? fields.add_quoted(argument) : fields.add_split(argument);
    }
}

/// None for what is not set.
std::optional<std::string> Shell::value_of(const std::string& parameter) const {
    const Words& arguments = *state_.arguments;
    switch (parameter.front()) {
        case '?':
            return std::to_string(state_.status);
        case '$':
            return std::to_string(state_.shell);
        case '#':
            return std::to_string(arguments.size());
        case '!':
            return state_.last_job_task != kernel_tid
                       ? std::optional(std::to_string(state_.last_job_task))
                       : std::nullopt;
        case '-':
            return std::string(state_.exit_on_error ? "e" : "") + (state_.trace ? "x" : "") +
                   (state_.interactive ? "i" : "");
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
            return state_.name;
        }
        return number <= arguments.size() ? std::optional(arguments[number - 1]) : std::nullopt;
    }
    return state_.is_set(parameter) ? std::optional(state_.value_of(parameter)) : std::nullopt;
}

/// Goes down the directories one component of the pattern at a time.
Coroutine<Shell::Words> Shell::paths_matching(std::string pattern) {
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

}  // namespace yos::shell
