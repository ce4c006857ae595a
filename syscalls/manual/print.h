#pragma once

// Pages in the three forms in which they are read: on a terminal, on the web, by the compiler.

#include "syscalls/manual/page.h"

#include <string>
#include <vector>

namespace yos::manual {

/// Of at most 80 columns, as `man` shows it.
std::string terminal_text(const Page& page);

/// All pages as one Markdown document.
std::string reference(const std::vector<Page>& pages);

/// A C++ source that defines a ManualPage for each.
std::string source(const std::vector<Page>& pages);

}  // namespace yos::manual
