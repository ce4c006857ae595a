// A module with a program that there is already.

#include "programs/lib/program.h"

namespace yos {
namespace {

Coroutine<int> echo(Invocation /*invocation*/) {
    co_return 99;
}

const Program program("echo", "not the one you think", echo);

}  // namespace
}  // namespace yos
