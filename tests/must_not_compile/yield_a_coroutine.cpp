// expect: co_yield traps into the kernel: only a system call can be yielded

#include "tasks/coroutine.h"

yos::Coroutine<> subroutine();

yos::Coroutine<> call_as_pyos8_did() {
    co_yield subroutine();
}
