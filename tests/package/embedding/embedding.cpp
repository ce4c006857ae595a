#include "syscalls/now.h"
#include "syscalls/sleep.h"

#include <iostream>

yos::Coroutine<> tick(int times) {
    for (int i = 0; i < times; ++i) {
        co_yield yos::Sleep{std::chrono::milliseconds(10)};
    }
    const yos::Time now = co_yield yos::Now{};
    std::cout << times << " ticks, and it is ";
    yos::print_value(std::cout, now);
}

int main() {
    yos::Kernel kernel({.virtual_time = true});
    kernel.spawn(tick(3));
    kernel.run();
}
