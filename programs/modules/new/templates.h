#pragma once

// What `new` writes: the files of this directory, below `syscall/` and `program/`. In their text
// @name@ stands for the name, @Name@ for it in CamelCase, and @command@ for what the program
// is called in the shell; in their paths it is NAME, and they end in `.in`.

#include "programs/lib/embedded_file.h"

#include <span>

namespace yos {

extern const std::span<const EmbeddedFile> templates;

}  // namespace yos
