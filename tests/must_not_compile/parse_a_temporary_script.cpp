// expect: deleted (function|constructor)

#include "programs/shell/parser.h"

#include <string>

std::string script();

void parse() {
    yos::shell::Parser parser(script());
    parser.next_line();
}
