#pragma once

// The steps of the tour. Each is a page of Markdown in this directory, where people read it too.
// The code on it is not its own: it is taken, when yos is built, from the files that are compiled,
// and what its commands print is compared with what they do print, by the tests.

#include "programs/lib/embedded_file.h"
#include "tasks/coroutine_parameters.h"

#include <string>
#include <string_view>
#include <vector>

namespace yos::tour {

/// A piece of a page.
struct Block {
    enum class Kind {
        text,      ///< prose, or a fence of another kind, as it stands in the page
        code,      ///< ```cpp from=PATH: the whole file
        session,   ///< ```console: commands behind `$ `, and what they print
        measured,  ///< ```console measured: a session whose figures are each machine's own
    };

    Kind kind;
    std::string text;  ///< of code: the path, from the top of the tree
};

/// What stands below a heading. The first one has none: it introduces the step.
struct Section {
    std::string heading;
    std::vector<Block> blocks;
};

struct Step {
    std::string title;  ///< `1. A generator`
    std::vector<Section> sections;

    /// Null when there is none of this heading.
    const Section* find(std::string_view heading) const;
};

// The headings that mean something. The answer is what the page hides in <details>.
inline constexpr std::string_view run_heading = "Run it";
inline constexpr std::string_view exercise_heading = "The exercise";
inline constexpr std::string_view answer_heading = "The answer";

Step parse_step(std::string_view page);

/// All of them, in order.
const std::vector<Step>& steps();

/// Of a file that a page shows. Throws std::logic_error when none does.
std::string_view source_of(std::string_view path);

/// For a terminal: code with numbers at its lines, and in a list those numbers before the code that
/// it quotes.
std::string rendered(const Step& step, const Section& section);
std::string rendered(const Step& step, const Block& block);

/// A script for the shell that prints each command of a session before it runs it. A command begins
/// behind `$ ` and goes on behind `> `. Its tasks are of one subshell: they are interrupted
/// together. They run in `directory`, which is made for them and is gone afterwards: nothing that a
/// person has is touched.
std::string script_of(const Block& session, std::string_view directory);

}  // namespace yos::tour

// steps() keeps them for ever.
template <>
inline constexpr bool yos::outlives_coroutines<yos::tour::Step> = true;
template <>
inline constexpr bool yos::outlives_coroutines<yos::tour::Section> = true;
