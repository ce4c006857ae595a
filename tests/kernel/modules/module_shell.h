#pragma once

// What tests of modules share: a shell that loads those of modules/.

#include "tests/lib/run_program.h"

#include <string>

namespace yos {

inline std::string module_file(const std::string& name) {
    return YOS_TEST_MODULES "/lib" + name + ".so";
}

inline ProgramRun shell(Machine& machine, const std::string& commands) {
    ProgramRun run = run_program(machine, "sh", {"-c", commands});
    UNSCOPED_INFO("it complains: " << run.err);
    return run;
}

inline ProgramRun shell(const std::string& commands) {
    HostMachine machine;
    return shell(machine, commands);
}

inline const std::string lodger = module_file("lodger");
inline const std::string load_lodger = "load " + lodger + "; ";

}  // namespace yos
