// expect: coroutine frames are not aligned for this type: use a std::unique_ptr to it

#include "kernel/system_call.h"

struct alignas(64) CacheLine {
    char bytes[64];
};

class Fetch : public yos::SystemCall<> {
public:
    explicit Fetch(CacheLine& line) : line_(line) {}
    yos::Outcome handle(yos::Kernel& /*kernel*/, yos::Task& /*self*/) override {
        return complete();
    }

private:
    CacheLine line_;
};

yos::Coroutine<> use(CacheLine& line) {
    co_yield Fetch{line};
}
