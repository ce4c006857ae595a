#include "tasks/trap.h"

#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <sstream>
#include <string_view>
#include <typeinfo>

namespace yos {

std::string name_of(const Trap& trap) {
    const char* mangled = typeid(trap).name();
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> demangled(
        abi::__cxa_demangle(mangled, nullptr, nullptr, &status), &std::free);
    std::string name;  // without scopes, and without arguments: Send<int> is known as Send
    int brackets = 0;
    for (const char c : std::string_view(status == 0 ? demangled.get() : mangled)) {
        brackets += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
        if (brackets > 0 || c == '>' || c == ')') {
            continue;
        }
        if (c == ':') {
            name.clear();
        } else {
            name += c;
        }
    }
    return name;
}

std::string to_string(const Trap& trap) {
    std::ostringstream out;
    out << name_of(trap) << '(';
    trap.print_arguments(out);
    out << ')';
    return out.str();
}

}  // namespace yos
