#pragma once

// A page of the manual: what a header says of a call, sorted by what people look for. Each sentence
// of the comment stands in one section, by its form:
//
//     Takes a mutex.                          the first one is the summary
//     Blocks while another task holds it.     BLOCKS: one with the word "blocks"
//     Never blocks, never fails.              BLOCKS and ERRORS
//     EDEADLK: the caller holds it already.   ERRORS, as one that begins with "Fails" or "Throws"
//     (pyos6)                                 HISTORY: where the idea comes from
//
// The others are the DESCRIPTION. A comment that begins with `Of SUBROUTINE:` is about a part of
// that subroutine, which programs do not use by itself: its page is in no list.

#include "syscalls/manual/header_reader.h"

#include <string>
#include <vector>

namespace yos::manual {

/// A line of a table, such as an error and what it means.
struct Entry {
    std::string term;  ///< may be empty
    std::string text;
};

struct Page {
    std::string name;
    std::string summary;     ///< begins small and has no full stop
    std::string header;      ///< to include
    std::string subroutine;  ///< the one that this is a part of; empty when it stands for itself
    std::vector<std::string> synopsis;
    std::vector<Entry> modifiers;
    std::vector<std::string> description;  ///< paragraphs, some of them code
    std::string blocks;
    std::vector<Entry> errors;
    std::string history;
    std::vector<std::string> see_also;
};

/// One for each subject, by name. A page refers to those whose names its comment mentions, to those
/// that mention it, and to those that act on the same object: Lock and Unlock take a Mutex&.
/// Throws HeaderError for a part of something that has no page.
std::vector<Page> pages_of(const std::vector<Subject>& subjects);

}  // namespace yos::manual
