#pragma once

// What `new` writes: the files of this directory, which the build puts into a source file of
// strings. In their contents @name@ stands for the name, @Name@ for the same in CamelCase, and
// @command@ for what the program is called in the shell; in their paths it is NAME.

#include <span>
#include <string_view>

namespace yos {

struct Template {
    std::string_view kind;  ///< `syscall` or `program`
    std::string_view path;  ///< in the directory that is made
    std::string_view text;
};

extern const std::span<const Template> templates;

}  // namespace yos
