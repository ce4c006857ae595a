// expect: co_await calls a Coroutine; a system call is yielded: co_yield Call\{...\}

#include "syscalls/get_tid.h"

yos::Coroutine<> trap() {
    co_await yos::GetTid{};
}
