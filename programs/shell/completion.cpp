#include "programs/shell/completion.h"

#include "programs/lib/manual_page.h"
#include "programs/shell/builtins.h"
#include "programs/shell/parser.h"
#include "programs/shell/place.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "syscalls/await_completion.h"
#include "syscalls/list_directory.h"
#include "syscalls/list_modules.h"
#include "syscalls/list_tasks.h"
#include "syscalls/offer_completions.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/tried.h"

#include <algorithm>
#include <set>

namespace yos::shell {
namespace {

/// The options that a program's --help tells of: `-n,--lines N  ...`.
std::set<std::string> options_in(const std::string& help) {
    std::set<std::string> options;
    for (std::size_t line = 0; line < help.size(); line = help.find('\n', line) + 1) {
        std::size_t at = help.find_first_not_of(' ', line);
        while (at < help.size() && help[at] == '-') {
            const std::size_t end = std::min(help.find_first_of(", =\n", at), help.size());
            options.insert(help.substr(at, end - at));
            at = help[end] == ',' ? help.find_first_not_of(' ', end + 1) : help.size();
        }
        if (help.find('\n', line) == std::string::npos) {
            break;
        }
    }
    return options;
}

/// Can what is typed there become this word?
bool may_be(const std::string& word, const Place& place) {
    const std::string command = place.words.empty() ? "" : place.words.front();
    const bool is_page = !place.is_variable && (command == "man" || command == "help");
    return is_page ? name_begins_with(word, place.word) : word.starts_with(place.word);
}

std::set<std::string> all_variables(const State& state) {
    std::set<std::string> names;
    for (const auto& [name, variable] : *state.variables) {
        names.insert(name);
    }
    return names;
}

Coroutine<std::set<std::string>> all_commands(State& state) {
    std::set<std::string> names;
    for (const Builtin& builtin : builtins()) {
        names.insert(builtin.name);
    }
    for (const auto& [name, body] : *state.functions) {
        names.insert(name);
    }
    const std::vector<ProgramRef> programs = co_await all_programs();
    for (const ProgramRef& program : programs) {
        names.emplace(program->name());
    }
    co_return names;
}

Coroutine<std::set<std::string>> options_of(Shell& shell, std::string command) {
    State& state = shell.state();
    if (find_builtin(command) != nullptr || !co_await find_program(command)) {
        co_return std::set<std::string>();
    }
    const int status = state.status;
    const std::string script = command + " --help </dev/null 2>/dev/null";
    Parser parser(script);
    auto list = std::make_shared<const List>(*parser.next_line());
    const std::string help = co_await shell.output_of(std::move(list));
    state.status = status;
    co_return options_in(help);
}

/// Those commands whose arguments are no files: tasks, jobs, calls, modules, variables. None for
/// the others.
Coroutine<std::set<std::string>> arguments_of(State& state, std::string command) {
    const auto is_one_of = [&](std::initializer_list<const char*> names) {
        return std::count(names.begin(), names.end(), command) > 0;
    };
    std::set<std::string> words;
    if (is_one_of({"fg", "bg", "kill", "wait", "disown"})) {
        for (const Job& job : state.jobs.all()) {
            words.insert("%" + std::to_string(job.number));
        }
    }
    if (is_one_of({"kill", "where", "wait"})) {
        const std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
        for (const TaskSnapshot& task : tasks) {
            if (!task.is_kernel) {
                words.insert(std::to_string(task.tid));
            }
        }
    }
    if (is_one_of({"help", "man"})) {
        const Manual manual = co_await open_manual();
        for (const ManualPage* page : manual.pages()) {
            words.emplace(page->name());
        }
    }
    if (is_one_of({"help", "time", "watch", "xargs", "env"})) {
        words.merge(co_await all_commands(state));
    }
    if (is_one_of({"export", "unset", "read"})) {
        words.merge(all_variables(state));
    }
    if (is_one_of({"unload"})) {
        const std::vector<ModuleInfo> modules = co_yield ListModules{};
        for (const ModuleInfo& module : modules) {
            words.insert(module.name);
        }
    }
    co_return words;
}

/// Paths that begin with `word`; directories end in a slash. Hidden ones only if that is said.
Coroutine<std::set<std::string>> files_for(std::string word, bool directories_only) {
    const std::size_t slash = word.rfind('/');
    const std::string before = slash == std::string::npos ? "" : word.substr(0, slash + 1);
    const std::string name = word.substr(before.size());
    const std::string directory = before.empty() ? "." : before;
    std::set<std::string> paths;
    auto listed = co_yield Tried{ListDirectory{directory}};
    const auto entries = std::move(listed).value_or({});  // no directory: nothing is in it
    for (const DirectoryEntry& entry : entries) {
        const bool is_directory = entry.kind == FileKind::directory;
        if (entry.name.starts_with(name) && (name.starts_with('.') || entry.name[0] != '.') &&
            (is_directory || !directories_only)) {
            paths.insert(before + entry.name + (is_directory ? "/" : ""));
        }
    }
    co_return paths;
}

Coroutine<std::set<std::string>> words_for(Shell& shell, Place place) {
    State& state = shell.state();
    if (place.is_variable) {
        co_return all_variables(state);
    }
    const bool is_path = place.is_file || place.word.find('/') != std::string::npos;
    if (place.words.empty() && !is_path) {
        co_return co_await all_commands(state);
    }
    const std::string command = place.words.empty() ? "" : place.words.front();
    if (!place.is_file && place.word.starts_with('-')) {
        co_return co_await options_of(shell, command);
    }
    if (!is_path) {
        std::set<std::string> words = co_await arguments_of(state, command);
        if (!words.empty()) {
            co_return words;
        }
    }
    co_return co_await files_for(place.word, command == "cd");
}

/// What may stand in the line at the cursor.
Coroutine<Completions> complete(Shell& shell, CompletionRequest request) {
    const Place place = place_in(std::string_view(request.line).substr(0, request.cursor));
    Completions completions{.from = place.from};
    const std::set<std::string> words = co_await words_for(shell, place);
    for (const std::string& word : words) {
        if (may_be(word, place)) {
            completions.words.push_back(typed_at(place, word));
        }
    }
    co_return completions;
}

/// Whoever asked waits for it: if nothing can be found, for nothing.
Coroutine<> answer(Shell& shell, CompletionRequest request) {
    auto found = co_await answer_of(complete(shell, std::move(request)));  // EAGAIN: no task for it
    Completions completions = std::move(found).value_or({});
    co_yield Tried{OfferCompletions{shell.state().terminal, std::move(completions)}};
}

}  // namespace

Coroutine<> await_line(Shell& shell) {
    const Fd terminal = shell.state().terminal;
    for (bool asked = true; asked;) {
        auto first = co_yield Tried{Select{AwaitCompletion{terminal}, ReadWait{terminal}}};
        asked = first && first->index() == 0;  // it fails with ENOTTY, or when it was hung up
        if (asked) {
            co_await answer(shell, std::get<0>(*std::move(first)));
        }
    }
}

}  // namespace yos::shell
