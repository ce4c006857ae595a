// expect: no matching (function|constructor)

#include "kernel/system_call.h"

class Add : public yos::SystemCall<int> {
public:
    yos::Outcome handle(yos::Kernel& /*kernel*/, yos::Task& /*self*/) override {
        return complete(a + b);
    }

    int a;
    int b;
};

yos::Coroutine<> add() {
    co_yield Add{2, 3};
}
