#include "programs/lib/options.h"
#include "syscalls/unload_module.h"

namespace yos {
namespace {

Coroutine<int> unload(Invocation invocation) {
    std::string name;
    Options options(invocation);
    options.required("NAME", name, "of the module, as load tells it");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    co_yield UnloadModule{name};
    co_return 0;
}

const Program program("unload", "take out what load has brought in", unload);

}  // namespace
}  // namespace yos
