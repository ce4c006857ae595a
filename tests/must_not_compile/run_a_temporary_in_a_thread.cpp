// expect: a function that owns something has a name before it goes to a thread: auto work = .text.

#include "syscalls/in_thread.h"

#include <string>

yos::Coroutine<std::size_t> length_of(std::string text) {
    co_return co_yield yos::InThread{[text] { return text.size(); }};
}
