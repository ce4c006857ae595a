#include "tasks/call_stack.h"

#include <algorithm>
#include <string_view>

namespace yos {
namespace {

/// Compilers spell a coroutine's name in ways of their own: `Coroutine<int> ns::f(int)`, or, inside
/// its body on g++, `void ns::f(ns::f(int)::_ZN2ns1fEi.Frame*)`. Leaves `ns::f`.
std::string plain_function_name(std::string_view pretty) {
    std::string name(pretty);
    for (const std::string_view noise : {"(anonymous namespace)::", "{anonymous}::"}) {
        for (auto at = name.find(noise); at != std::string::npos; at = name.find(noise)) {
            name.erase(at, noise.size());
        }
    }
    name.resize(std::min(name.find('('), name.size()));
    int brackets = 0;  // a blank inside Coroutine<unsigned int> ends no return type
    for (auto at = name.size(); at-- > 0;) {
        brackets += name[at] == '>' ? 1 : name[at] == '<' ? -1 : 0;
        if (name[at] == ' ' && brackets == 0) {
            return name.substr(at + 1);
        }
    }
    return name;
}

}  // namespace

StackEntry to_entry(const std::source_location& where) {
    return {plain_function_name(where.function_name()), where.file_name(), where.line()};
}

void CallStack::unwind() noexcept {
    while (Frame* frame = top_) {
        top_ = frame->caller_;
        frame->destroy();
    }
    trap_ = nullptr;
    in_flight_ = nullptr;
}

std::vector<StackEntry> CallStack::backtrace() const {
    std::vector<StackEntry> entries;
    for (const Frame* frame = top_; frame != nullptr; frame = frame->caller_) {
        entries.push_back(to_entry(frame->where_));
    }
    return entries;
}

}  // namespace yos
