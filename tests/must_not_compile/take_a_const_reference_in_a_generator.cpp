// expect: a coroutine's parameter must not be a const& or &&: it may be gone when the body runs

#include "tasks/generator.h"

yos::Generator<int> count_to(const int& most) {
    co_yield most;
}
