#include "programs/lib/program.h"

#include "programs/lib/nearest.h"
#include "programs/lib/print.h"

#include <algorithm>

namespace yos {

Program::Program(const char* name, const char* summary, Main main)
    : name_(name), summary_(summary), main_(main), next_(std::exchange(first(), this)) {}

const Program*& Program::first() {
    static constinit const Program* head = nullptr;
    return head;
}

Coroutine<int> Program::run(Invocation invocation) {
    constexpr int broken_pipe_status = 128 + 13;  // as if by SIGPIPE, and as quietly
    const std::string name(invocation.program->name());
    const Fd err = invocation.err;
    std::string failure;
    try {
        co_return co_await invocation.program->main_(std::move(invocation));
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::broken_pipe) {
            co_return broken_pipe_status;
        }
        failure = error.what();
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_await print(err, "{}: {}\n", name, failure);
    co_return 1;
}

const Program* Program::find(std::string_view name) {
    for (const Program* program = first(); program != nullptr; program = program->next_) {
        if (program->name() == name) {
            return program;
        }
    }
    return nullptr;
}

std::string_view Program::nearest(std::string_view name) {
    std::vector<std::string_view> names;
    for (const Program* program : all()) {
        names.push_back(program->name());
    }
    return nearest_name(name, names);
}

std::vector<const Program*> Program::all() {
    std::vector<const Program*> programs;
    for (const Program* program = first(); program != nullptr; program = program->next_) {
        programs.push_back(program);
    }
    std::sort(programs.begin(), programs.end(), [](const Program* a, const Program* b) {
        return a->name() < b->name();
    });
    return programs;
}

}  // namespace yos
