// expect: constant expression

#include "programs/lib/program.h"

#include <string>

const std::string name = "hello";
const yos::Program program(name.c_str(), "greet somebody", nullptr);
