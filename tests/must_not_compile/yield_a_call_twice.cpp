// expect: a system call is yielded once: write co_yield Call\{...\}

#include "syscalls/get_tid.h"

yos::Coroutine<> trap_again() {
    yos::GetTid call;
    co_yield call;
    co_yield call;
}
