// expect: a Select is no call of another Select

#include "syscalls/select.h"
#include "syscalls/sleep.h"

yos::Coroutine<> select_in_a_select() {
    co_yield yos::Select{yos::Select{yos::Sleep{yos::Duration(1)}}, yos::Sleep{yos::Duration(2)}};
}
