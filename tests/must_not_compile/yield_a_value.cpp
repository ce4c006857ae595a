// expect: co_yield traps into the kernel: only a system call can be yielded

#include "tasks/coroutine.h"

yos::Coroutine<> generate() {
    co_yield 42;
}
