// expect: the result of a system call is moved to its caller

#include "kernel/system_call.h"

#include <atomic>

class Count : public yos::SystemCall<std::atomic<int>> {
public:
    yos::Outcome handle(yos::Kernel& /*kernel*/, yos::Task& /*self*/) override {
        return complete(1);
    }
};
