#pragma once

// What a constant that registers itself in its module, and so is there as long as that is loaded,
// may be made of.

#include "tasks/contract.h"

#include <dlfcn.h>
#include <string>

namespace yos {

/// A text that is a literal, or else a constant: no other compiles.
struct Literal {
    consteval Literal(const char* literal)
        : text(literal) {}  // NOLINT(google-explicit-constructor)

    const char* text;
};

/// The name of an object that registers itself. In Debug throws std::logic_error unless that is
/// part of the executable or of a shared object: it is neither a local variable nor made by new.
inline const char* name_of_static(const void* object, Literal name) {
    [[maybe_unused]] Dl_info about{};
    check_in_debug(!checked_in_debug || ::dladdr(object, &about) != 0, [&] {
        return std::string(name.text) +
               " is registered for as long as its module is loaded: define it in a namespace";
    });
    return name.text;
}

}  // namespace yos
