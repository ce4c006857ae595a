#include "kernel/host/world.h"

namespace yos {

World::World(IoBackend io, const std::string& root, KernelLog& log)
    : poller(make_poller(io, log)),
      signals(*poller),
      threads(*poller),
      sockets(*poller),
      tree(root),
      terminal(std::make_shared<HostTerminal>(signals)) {}

}  // namespace yos
