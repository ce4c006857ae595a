#pragma once

// Opens files for < > >> <> >& and <<.

#include "programs/shell/syntax_tree.h"
#include "tasks/coroutine.h"

#include <vector>

namespace yos::shell {

class Shell;

/// Puts what is opened in the place of the shell's streams, from left to right. False when one has
/// failed, and that was said, or when the words mean something else to come next.
Coroutine<bool> redirect(Shell& shell, const std::vector<Redirection>& redirections);

}  // namespace yos::shell
