#include "programs/lib/program.h"

namespace yos {
namespace {

Coroutine<int> succeed(Invocation /*invocation*/) {
    co_return 0;
}

const Program program("true", "do nothing, successfully", succeed);

}  // namespace
}  // namespace yos
