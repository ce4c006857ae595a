#include "programs/lib/program.h"

#include "programs/lib/print.h"

#include <algorithm>
#include <numeric>

namespace yos {
namespace {

/// Levenshtein's: how many letters must be typed, dropped or changed to get from one to the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
        }
    }
    return row.back();
}

}  // namespace

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
    std::string_view best;
    std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const Program* program : all()) {
        const std::size_t distance = edit_distance(name, program->name());
        if (distance < least) {
            least = distance;
            best = program->name();
        }
    }
    return best;
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
