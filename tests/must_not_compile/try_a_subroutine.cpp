// expect: Tried tries a system call

#include "syscalls/tried.h"

yos::Coroutine<int> find();

yos::Coroutine<> try_a_subroutine() {
    co_yield yos::Tried{find()};
}
