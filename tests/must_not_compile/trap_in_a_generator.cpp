// expect: a generator does not trap: the task that drives it does

#include "syscalls/get_tid.h"
#include "tasks/generator.h"

yos::Generator<int> trap() {
    co_yield yos::GetTid{};
}
