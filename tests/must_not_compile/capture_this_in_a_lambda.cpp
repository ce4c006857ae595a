// expect: a lambda that captures must not be a coroutine: its closure may be gone when the body

#include "tasks/generator.h"

struct Guest {
    int age = 30;

    yos::Generator<int> ages() {
        auto count = [this]() mutable -> yos::Generator<int> { co_yield age; };
        return count();
    }
};
