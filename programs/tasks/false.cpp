#include "programs/lib/program.h"

namespace yos {
namespace {

Coroutine<int> fail(Invocation /*invocation*/) {
    co_return 1;
}

const Program program("false", "do nothing, unsuccessfully", fail);

}  // namespace
}  // namespace yos
