#pragma once

// Reads one declaration of a header: a class that is a system call, or a subroutine.

#include "syscalls/manual/declarations.h"
#include "syscalls/manual/header_reader.h"

#include <optional>
#include <string>
#include <string_view>

namespace yos::manual {

/// A class with a base: a system call, if the base is one.
struct DeclaredClass {
    Subject subject;
    std::string base;    ///< of several the first
    std::string result;  ///< the base's argument, as in SystemCall<Tid>, or its own type Result
    std::string template_line;
    bool inherits_constructors = false;
};

/// None for what is no class with a base.
std::optional<DeclaredClass> read_class(const Declaration& declaration, std::string_view file);

/// None for what is no free function that returns a Coroutine.
std::optional<Subject> read_subroutine(const Declaration& declaration, std::string_view file);

}  // namespace yos::manual
