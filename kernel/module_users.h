#pragma once

// Who would crash if a module were unloaded. It takes a look into the kernel's tasks, so it is not
// with the modules, which know of no kernel.

#include <string>
#include <vector>

namespace yos {

class Kernel;
struct LoadedModule;

/// As in `task 7 (hello)`. Empty when nobody uses it.
std::vector<std::string> users_of(const LoadedModule& module, Kernel& kernel);

}  // namespace yos
