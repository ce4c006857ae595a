// Writes a small project to begin with: a module of one's own, with its test.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/modules/new/templates.h"
#include "syscalls/make_directory.h"
#include "syscalls/open.h"

#include <algorithm>
#include <fcntl.h>

namespace yos {
namespace {

/// lower_case_words, such as `rate_limit`.
bool is_snake_case(std::string_view name) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !name.empty() && is_lower(name.front()) && name.back() != '_' &&
           name.find("__") == std::string_view::npos &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return is_lower(c) || is_digit(c) || c == '_';
           });
}

/// Names of targets that CMake has itself, and of what cannot be loaded.
bool is_reserved(std::string_view name) {
    constexpr std::string_view reserved[] = {"all",
                                             "clean",
                                             "depend",
                                             "edit_cache",
                                             "help",
                                             "install",
                                             "package",
                                             "rebuild_cache",
                                             "test",
                                             "yos"};
    return std::find(std::begin(reserved), std::end(reserved), name) != std::end(reserved);
}

std::string camel_case(std::string_view name) {
    std::string camel;
    bool begins_word = true;
    for (const char c : name) {
        if (c != '_') {
            camel += begins_word && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        begins_word = c == '_';
    }
    return camel;
}

std::string dashed(std::string name) {
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
    return text;
}

/// The template's text for this name.
std::string filled_in(std::string_view text, const std::string& name) {
    std::string result(text);
    result = replaced(std::move(result), "@name@", name);
    result = replaced(std::move(result), "@Name@", camel_case(name));
    return replaced(std::move(result), "@command@", dashed(name));
}

/// Where the template, NAME.cpp.in or the like, is written to.
std::string path_of_template(const std::string& name, std::string_view path) {
    path.remove_suffix(std::string_view(".in").size());
    return name + "/" + replaced(std::string(path), "NAME", name);
}

/// What speaks against the name; empty when nothing does.
Coroutine<std::string> objection_to(std::string name) {
    constexpr std::size_t longest = 64;
    if (!is_snake_case(name) || name.size() > longest) {
        co_return fmt::format("\"{}\" is no name in snake_case, such as rate_limit", name);
    }
    if (is_reserved(name)) {
        co_return fmt::format("\"{}\" is a name that the build keeps for itself", name);
    }
    const ProgramRef taken = co_await find_program(dashed(name));
    if (taken) {
        co_return fmt::format("there is a program \"{}\" already", dashed(name));
    }
    co_return std::string();
}

/// False when there is something of this name.
Coroutine<bool> make_directory(std::string path) {
    try {
        co_yield MakeDirectory{path};
    } catch (const std::system_error& failure) {
        if (failure.code() != std::errc::file_exists) {
            throw;
        }
        co_return false;
    }
    co_return true;
}

Coroutine<> write_file(std::string path, std::string text) {
    const Descriptor file = co_yield Open{path, O_WRONLY | O_CREAT | O_EXCL};
    co_await write_all(file, std::move(text));
}

Coroutine<int> new_module(Invocation invocation) {
    std::string kind;
    std::string name;
    Options options(invocation);
    options.required("KIND", kind, "program, or syscall: a system call and a program that uses it");
    options.required("NAME", name, "in snake_case; the directory NAME is made, and written to");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (kind != "program" && kind != "syscall") {
        co_return co_await options.refuse(
            fmt::format("\"{}\" is neither program nor syscall", kind));
    }
    std::string objection = co_await objection_to(name);
    if (!objection.empty()) {
        co_return co_await options.refuse(std::move(objection));
    }
    if (!co_await make_directory(name)) {
        co_await print(
            invocation.err, "new: there is a {} here already: nothing was written\n", name);
        co_return 1;
    }
    for (const EmbeddedFile& file : templates) {
        if (file.path.starts_with(kind + "/")) {
            std::string path = path_of_template(name, file.path.substr(kind.size() + 1));
            std::string text = filled_in(file.text, name);
            co_await print(invocation.out, "{}\n", path);
            co_await write_file(std::move(path), std::move(text));
        }
    }
    co_return 0;
}

const Program program("new", "begin a system call or a program of your own", new_module);

}  // namespace
}  // namespace yos
