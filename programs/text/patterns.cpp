#include "programs/text/patterns.h"

#include "programs/lib/line_blocks.h"
#include "programs/lib/print.h"
#include "programs/text/posix_pattern.h"

#include <re2/re2.h>

#include <stdexcept>

namespace yos {
namespace {

std::string translated(std::string_view pattern, const PatternMeaning& meaning) {
    if (meaning.fixed) {
        return RE2::QuoteMeta(re2::StringPiece(pattern.data(), pattern.size()));
    }
    return modern_pattern(pattern,
                          meaning.extended ? PatternSyntax::extended : PatternSyntax::basic);
}

/// By itself: RE2 shows the place in its own pattern, which nobody typed.
void check(std::string_view pattern, const std::string& translation) {
    const RE2 compiled(translation, RE2::Quiet);
    if (!compiled.ok()) {
        const std::string error = compiled.error();
        throw std::invalid_argument(error.substr(0, error.find(": ")) + ": " +
                                    std::string(pattern));
    }
}

}  // namespace

std::unique_ptr<RE2> compile_patterns(const std::vector<std::string>& patterns,
                                      const PatternMeaning& meaning) {
    const std::string lines = joined(patterns, "\n");
    std::string all;
    std::string_view rest = lines;
    do {
        const std::string_view pattern = take_line(rest);
        const std::string translation = translated(pattern, meaning);
        check(pattern, translation);
        all += (all.empty() ? "(?:" : "|(?:") + translation + ")";
    } while (!rest.empty());
    all = "(?m:" + all + ")";  // ^ and $ are a line's, in whatever text it is
    if (meaning.lines) {
        all = "(?m:^(?:" + all + ")$)";
    } else if (meaning.words) {
        all = "\\b(?:" + all + ")\\b";
    }
    RE2::Options options;
    options.set_log_errors(false);
    options.set_longest_match(true);
    options.set_never_nl(true);
    options.set_case_sensitive(!meaning.ignore_case);
    auto compiled = std::make_unique<RE2>(all, options);
    if (!compiled->ok()) {
        throw std::invalid_argument(compiled->error());
    }
    return compiled;
}

}  // namespace yos
