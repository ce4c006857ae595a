#pragma once

// Makes text of words, in the order of POSIX: parameters and $( ), then splitting into fields, then
// paths, and last the quotes go. Where that fails, as ${NAME:?WORD} may, it is said, the shell's
// flow tells so, and what comes out means nothing.

#include "programs/shell/state.h"
#include "programs/shell/syntax_tree.h"
#include "tasks/coroutine.h"

#include <string>
#include <vector>

namespace yos::shell {

class Shell;

/// A command's words.
Coroutine<Words> expand(Shell& shell, const std::vector<Word>& words);

/// Where nothing is split: the value of a variable, the target of a redirection.
Coroutine<std::string> expand_to_text(Shell& shell, const Word& word);

/// Where nothing is split, but wildcards count: the patterns of `case`.
Coroutine<std::string> expand_to_pattern(Shell& shell, const Word& word);

}  // namespace yos::shell
