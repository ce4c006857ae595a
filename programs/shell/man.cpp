#include "programs/lib/manual_page.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"

namespace yos {
namespace {

std::string list_of(const Manual& manual) {
    std::string list;
    for (const ManualPage* page : manual.pages()) {
        if (page->listed()) {
            list += fmt::format("{:<16} {}\n", page->name(), page->summary());
        }
    }
    return list;
}

std::string not_found(const Manual& manual, const std::string& name) {
    const std::string_view nearest = manual.nearest(name);
    const std::string advice =
        nearest.empty() ? "; man lists them" : fmt::format(": did you mean {}?", nearest);
    return fmt::format("man: no system call \"{}\"{}\n", name, advice);
}

Coroutine<int> man(Invocation invocation) {
    std::string name;
    Options options(invocation);
    options.optional("CALL", name, "a system call, in capitals or not; without one, list all");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Manual manual = co_await open_manual();
    if (name.empty()) {
        co_await write_all(invocation.out, list_of(manual));
        co_return 0;
    }
    if (const ManualPage* page = manual.find(name)) {
        co_await write_all(invocation.out, std::string(page->text()));
        co_return 0;
    }
    if (const ProgramRef program = co_await find_program(name)) {
        co_await print(invocation.out,
                       "{} is a program: {}\n{} --help tells more.\n",
                       name,
                       program->summary(),
                       name);
        co_return 0;
    }
    co_await write_all(invocation.err, not_found(manual, name));
    co_return 1;
}

const Program program("man", "the manual of the system calls", man);

}  // namespace
}  // namespace yos
