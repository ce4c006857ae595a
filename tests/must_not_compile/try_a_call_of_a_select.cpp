// expect: a Tried is no call of a Select

#include "syscalls/select.h"
#include "syscalls/sleep.h"
#include "syscalls/tried.h"
#include "syscalls/yield.h"

yos::Coroutine<> try_a_call_of_a_select() {
    co_yield yos::Select{yos::Tried{yos::Yield{}}, yos::Sleep{yos::Duration(2)}};
}
