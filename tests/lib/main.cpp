// The main function of the tests, from Catch2 2; Catch2 3 has it in its library.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include "tests/lib/catch.h"
#endif
