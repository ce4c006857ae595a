#pragma once

#include "kernel/system_call.h"

namespace yos {

/// 64 random bits. They come from the seed of a seeded run, else from the host. Never blocks, never
/// fails.
class Random : public SystemCall<std::uint64_t> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override { return complete(kernel.random()); }
};

}  // namespace yos
