#include "tasks/call_stack.h"

#include <cstring>
#include <memory>
#include <string_view>

namespace yos {
namespace {

/// Compilers spell a coroutine's name in ways of their own: `Coroutine<int> ns::Box<T>::f(int)`,
/// or, inside its body on g++, `void ns::Box<int>::f(ns::Box<int>::f(int)::_ZN2ns1fEi.Frame*)`.
/// Leaves `ns::Box::f`, and of a lambda the function that it stands in.
std::string plain_function_name(std::string_view pretty) {
    std::string text(pretty);
    for (const std::string_view noise : {"(anonymous namespace)::", "{anonymous}::"}) {
        for (auto at = text.find(noise); at != std::string::npos; at = text.find(noise)) {
            text.erase(at, noise.size());
        }
    }
    std::string name;
    int brackets = 0;
    for (const char c : text) {
        brackets += c == '<' ? 1 : c == '>' ? -1 : 0;
        if (brackets > 0 || c == '>') {
            continue;
        }
        if (c == '(') {
            return name + (name.ends_with("operator") ? "()" : "");
        }
        if (c == ' ') {
            name.clear();  // that was the return type
        } else {
            name += c;
        }
    }
    return name;
}

}  // namespace

StackEntry to_entry(const std::source_location& where) {
    return {plain_function_name(where.function_name()), where.file_name(), where.line()};
}

void CallStack::raise(std::exception_ptr exception) noexcept {
    drop_exception();
    std::construct_at(&in_flight_, std::move(exception));
    stage_ = Stage::raised;
}

void CallStack::rethrow() {
    const std::exception_ptr exception = std::move(in_flight_);
    drop_exception();
    stage_ = Stage::running;
    std::rethrow_exception(exception);
}

std::exception_ptr CallStack::take_exception() noexcept {
    if (stage_ != Stage::failed) {
        return nullptr;
    }
    std::exception_ptr exception = std::move(in_flight_);
    drop_exception();
    stage_ = Stage::finished;
    return exception;
}

void CallStack::drop_exception() noexcept {
    if (stage_ == Stage::raised || stage_ == Stage::failed) {
        std::destroy_at(&in_flight_);
    }
}

void CallStack::destroy_frames() noexcept {
    drop_exception();
    CallSite began_in = nullptr;
    while (Frame* frame = top_) {
        top_ = frame->caller_;
        began_in = frame->where_;
        frame->destroy();
    }
    began_in_ = began_in;
    stage_ = Stage::unwound;
}

std::vector<StackEntry> CallStack::backtrace() const {
    std::vector<StackEntry> entries;
    for (const Frame* frame = top_; frame != nullptr; frame = frame->caller_) {
        entries.push_back(to_entry(location_of(frame->where_)));
    }
    return entries;
}

bool CallStack::runs_code_of(const MemoryRange& module) const noexcept {
    if (stage_ == Stage::unwound) {
        return module.contains(began_in_);  // the name of its coroutine is still there to be read
    }
    for (Frame* frame = top_; frame != nullptr; frame = frame->caller_) {
        // A frame begins with what resumes it (null at its end) and with what destroys it.
        const void* code[2];
        std::memcpy(code, frame->handle().address(), sizeof code);
        if (module.contains(code[1])) {
            return true;
        }
    }
    return false;
}

std::source_location CallStack::outermost() const noexcept {
    if (stage_ == Stage::unwound) {
        return location_of(began_in_);
    }
    const Frame* frame = top_;
    while (frame->caller_ != nullptr) {
        frame = frame->caller_;
    }
    return location_of(frame->where_);
}

}  // namespace yos
