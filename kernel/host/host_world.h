#pragma once

// The world as the host has it.

#include "kernel/world/world.h"

namespace yos {

/// Throws std::system_error where the host refuses what is asked for.
Devices host_devices(const WorldOptions& options, KernelLog& log);

}  // namespace yos
