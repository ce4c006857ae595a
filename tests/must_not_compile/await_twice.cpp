// expect: a subroutine is awaited once: write co_await std::move\(it\)

#include "tasks/coroutine.h"

yos::Coroutine<> await(yos::Coroutine<> subroutine) {
    co_await subroutine;
    co_await subroutine;
}
