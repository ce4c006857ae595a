// expect: a lambda that captures must not be a coroutine: its closure may be gone when the body

#include "tasks/coroutine.h"

#include <string>

yos::Coroutine<> greet(std::string whom) {
    return [whom]() -> yos::Coroutine<> {
        static_cast<void>(whom);
        co_return;
    }();
}
