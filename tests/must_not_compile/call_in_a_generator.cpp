// expect: co_await in a generator delegates to another one, which yields and is sent the same types

#include "tasks/generator.h"

yos::Coroutine<> subroutine();

yos::Generator<int> call() {
    co_await subroutine();
}
