#pragma once

// A world without a host. Time is virtual; connections lead from task to task, through memory; work
// for threads is done in turn; random bits are the same each time. Nothing comes in from outside:
// so equal seeds give equal runs, whatever is run. The tree of files is a root with nothing in it,
// to which nothing can be added; there are no processes, and no signal ever comes. Of the host's
// standard streams there are the outputs, and an input that is at its end.

#include "kernel/world/world.h"

namespace yos {

Devices simulated_devices(const WorldOptions& options, KernelLog& log);

}  // namespace yos
