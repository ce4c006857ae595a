// expect: InThread copies its function: let it capture a std::shared_ptr to what cannot be copied

#include "syscalls/in_thread.h"

#include <memory>

yos::Coroutine<int> value_of(std::unique_ptr<int> number) {
    const auto look = [number = std::move(number)] { return *number; };
    co_return co_yield yos::InThread{look};
}
