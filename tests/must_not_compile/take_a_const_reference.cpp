// expect: a coroutine's parameter must not be a const& or &&: it may be gone when the body runs

#include "tasks/coroutine.h"

#include <string>

yos::Coroutine<> greet(int times, const std::string& whom) {
    static_cast<void>(times);
    static_cast<void>(whom);
    co_return;
}
