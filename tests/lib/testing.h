#pragma once

// For the tests of programs and system calls, here and in projects of others: a machine on virtual
// time with a record of all that happens (machine.h), and programs run on it with what they print
// caught (run_program.h). It works with Catch2, version 2 or 3. machine.cpp and run_program.cpp go
// with it: CMake's yos_add_test adds them, and `pkg-config --variable=test_sources yos` names them.

#include "tests/lib/machine.h"
#include "tests/lib/run_program.h"
