// expect: co_await calls a Coroutine; a system call is yielded: co_yield Call\{...\}

#include "tasks/coroutine.h"

#include <coroutine>

yos::Coroutine<> suspend_behind_the_kernels_back() {
    co_await std::suspend_always{};
}
