#include "tasks/trap.h"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <sstream>
#include <typeinfo>

namespace yos {

std::string name_of(const Trap& trap) {
    const char* mangled = typeid(trap).name();
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> demangled(
        abi::__cxa_demangle(mangled, nullptr, nullptr, &status), &std::free);
    std::string name = status == 0 ? demangled.get() : mangled;
    name.resize(std::min(name.find('<'), name.size()));  // Send<int> is known as Send
    if (const auto scope = name.rfind("::"); scope != std::string::npos) {
        name.erase(0, scope + 2);
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
