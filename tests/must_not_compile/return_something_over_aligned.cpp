// expect: coroutine frames are not aligned for this type: use a std::unique_ptr to it

#include "tasks/coroutine.h"

struct alignas(64) CacheLine {
    char bytes[64];
};

yos::Coroutine<CacheLine> fetch() {
    co_return CacheLine{};
}

yos::Coroutine<> use() {
    co_await fetch();
}
