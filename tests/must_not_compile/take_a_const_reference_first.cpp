// expect: a coroutine's parameter must not be a const&: take it by value

#include "tasks/coroutine.h"

struct Guest {
    int age = 0;
};

yos::Coroutine<> greet(const Guest& guest) {
    static_cast<void>(guest);
    co_return;
}
