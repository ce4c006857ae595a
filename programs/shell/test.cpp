// test and [: what an expression comes to, by the rules of POSIX, which go by how many words there
// are.

#include "programs/shell/builtins.h"
#include "programs/shell/shell.h"
#include "syscalls/file_status.h"
#include "syscalls/tried.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace yos::shell {
namespace {

/// An expression that means nothing; what() says why.
class BadExpression : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

constexpr std::string_view file_operators = "edfLhrwxs";

bool is_unary(const std::string& word) {
    return word.size() == 2 && word.front() == '-' &&
           (file_operators.find(word[1]) != std::string_view::npos || word == "-z" || word == "-n");
}

bool is_binary(const std::string& word) {
    const std::array<std::string_view, 9> known = {
        "=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"};
    return std::find(known.begin(), known.end(), word) != known.end();
}

long long number_of(const std::string& text) {
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || *end != '\0') {
        throw BadExpression("\"" + text + "\" is no whole number");
    }
    return number;
}

bool compare(const std::string& left, const std::string& op, const std::string& right) {
    if (!op.starts_with('-')) {
        return (left == right) == (op != "!=");
    }
    const long long a = number_of(left);
    const long long b = number_of(right);
    return op == "-eq"   ? a == b
           : op == "-ne" ? a != b
           : op == "-lt" ? a < b
           : op == "-le" ? a <= b
           : op == "-gt" ? a > b
                         : a >= b;
}

Coroutine<bool> file_is(char op, std::string path) {
    const auto links =
        op == 'L' || op == 'h' ? FileStatus::Links::look_at : FileStatus::Links::follow;
    const auto file = co_yield Tried{FileStatus{path, links}};
    if (!file) {
        co_return false;  // it is not even there
    }
    switch (op) {
        case 'd':
            co_return file->kind == FileKind::directory;
        case 'f':
            co_return file->kind == FileKind::regular;
        case 'L':
        case 'h':
            co_return file->kind == FileKind::link;
        case 'r':
            co_return (file->permissions & 0444) != 0;
        case 'w':
            co_return (file->permissions & 0222) != 0;
        case 'x':
            co_return (file->permissions & 0111) != 0;
        case 's':
            co_return file->size > 0;
        default:
            co_return true;
    }
}

Coroutine<bool> is_so(Words words);

/// The parts before and behind the last `op`, joined by it. None when there is no such.
Coroutine<std::optional<bool>> split_at(Words words, std::string op) {
    const auto found = std::find(words.rbegin(), words.rend(), op);
    if (found == words.rend() || found == words.rbegin()) {
        co_return std::nullopt;
    }
    const auto at = found.base() - 1;
    Words before(words.begin(), at);
    Words behind(at + 1, words.end());
    const bool left = co_await is_so(std::move(before));
    const bool right = co_await is_so(std::move(behind));
    co_return op == "-o" ? left || right : left&& right;
}

Coroutine<bool> is_so(Words words) {
    const std::size_t count = words.size();
    if (count <= 1) {
        co_return count == 1 && !words.front().empty();
    }
    if (count == 3 && is_binary(words[1])) {
        co_return compare(words[0], words[1], words[2]);
    }
    if (words.front() == "!" && count <= 4) {
        words.erase(words.begin());
        co_return !co_await is_so(std::move(words));
    }
    if (count == 2 && is_unary(words.front())) {
        const char op = words.front()[1];
        if (op == 'z' || op == 'n') {
            co_return words.back().empty() == (op == 'z');
        }
        co_return co_await file_is(op, words.back());
    }
    for (const char* op : {"-o", "-a"}) {
        if (const std::optional<bool> joined = co_await split_at(words, op)) {
            co_return *joined;
        }
    }
    if (words.front() == "!") {
        words.erase(words.begin());
        co_return !co_await is_so(std::move(words));
    }
    if (words.front() == "(" && words.back() == ")" && count > 2) {
        co_return co_await is_so(Words(words.begin() + 1, words.end() - 1));
    }
    throw BadExpression("\"" + words[count == 2 ? 0 : 1] + "\" is no operator that it knows");
}

Coroutine<int> run_test(Shell& shell, Words words) {
    std::string wrong;
    try {
        co_return co_await is_so(std::move(words)) ? 0 : 1;
    } catch (const BadExpression& error) {
        wrong = error.what();
    }
    co_return co_await complain(shell, "test", wrong, usage_status);
}

Coroutine<int> run_bracket(Shell& shell, Words words) {
    if (words.empty() || words.back() != "]") {
        co_return co_await complain(shell, "[", "wants a ] at its end", usage_status);
    }
    words.pop_back();
    co_return co_await run_test(shell, std::move(words));
}

}  // namespace

std::vector<Builtin> test_builtins() {
    return {
        {"[", "test, with a ] at its end", run_bracket},
        {"test", "status 0 if it is so: -e FILE, TEXT = TEXT, N -lt N...", run_test},
    };
}

}  // namespace yos::shell
