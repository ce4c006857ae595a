// A module that calls what is nowhere.

#include "programs/lib/program.h"

namespace yos {

int missing_function();

namespace {

Coroutine<int> call(Invocation /*invocation*/) {
    co_return missing_function();
}

const Program program("call", "call what is missing", call);

}  // namespace
}  // namespace yos
