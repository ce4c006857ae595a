#pragma once

// What a parsed line means: the tree that the parser builds and the interpreter walks. Nothing in
// it is expanded yet: words still know what was quoted. Trees are immutable and shared, because
// background jobs and functions outlive the line they were read from.

#include "tasks/coroutine_parameters.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace yos::shell {

struct Command;
using CommandRef = std::shared_ptr<const Command>;

struct Word;

/// $NAME, ${NAME} and ${NAME:-WORD}, where the dash may also be =, ?, + (what to do if the variable
/// is not set; with the colon: or is empty), and ${#NAME}.
struct Parameter {
    std::string name;
    char action = '\0';  ///< one of "-=?+", '#' for the length, or none
    bool colon = false;
    std::shared_ptr<const Word> word = nullptr;  ///< of the action
};

struct Item;
using List = std::vector<Item>;

/// $(LIST)
struct Substitution {
    std::shared_ptr<const List> commands;
};

/// A stretch of a word that was written in one manner.
struct WordPart {
    bool quoted = false;
    std::variant<std::string, Parameter, Substitution> what;
};

struct Word {
    std::vector<WordPart> parts;
};

struct Assignment {
    std::string name;
    Word value;
};

struct Redirection {
    enum class Kind { read, write, append, read_write, duplicate, here_document };

    Kind kind = Kind::read;
    std::size_t descriptor = 0;            ///< which is redirected: 0, 1 or 2
    Word target = {};                      ///< a path; duplicate: a descriptor or -
    std::shared_ptr<Word> text = nullptr;  ///< of a here_document
};

/// NAME=VALUE... WORD...
struct SimpleCommand {
    std::vector<Assignment> assignments;
    std::vector<Word> words;
};

/// { LIST; } and, in a shell of its own, ( LIST )
struct Group {
    List body;
    bool subshell = false;
};

struct If {
    struct Branch {
        List condition;
        List body;
    };
    std::vector<Branch> branches;
    List otherwise;
};

/// while LIST; do LIST; done, or until
struct Loop {
    bool until = false;
    List condition;
    List body;
};

struct For {
    std::string name;
    std::optional<std::vector<Word>> words;  ///< none: the arguments, "$@"
    List body;
};

struct Case {
    struct Branch {
        std::vector<Word> patterns;
        List body;
    };
    Word word;
    std::vector<Branch> branches;
};

/// NAME() COMMAND
struct Function {
    std::string name;
    CommandRef body;
};

/// COMMAND | COMMAND..., or ! before it
struct Pipeline {
    bool negated = false;
    std::vector<CommandRef> stages;
};

/// PIPELINE && PIPELINE || PIPELINE...
struct AndOr {
    struct Rest {
        bool after_success;  ///< &&
        Pipeline pipeline;
    };
    Pipeline first;
    std::vector<Rest> rest;
};

/// What ends in ; or & or a newline.
struct Item {
    std::shared_ptr<const AndOr> what;
    bool background = false;
    std::string text;  ///< as it was typed, for jobs
};

struct Command {
    std::variant<SimpleCommand, Group, If, Loop, For, Case, Function> what;
    std::vector<Redirection> redirections;
};

}  // namespace yos::shell

namespace yos {

// The shell's coroutines refer to the tree that they walk: whoever runs a part of it keeps all of
// it.
template <>
inline constexpr bool outlives_coroutines<shell::Parameter> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Word> = true;
template <>
inline constexpr bool outlives_coroutines<std::vector<shell::Word>> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Redirection> = true;
template <>
inline constexpr bool outlives_coroutines<std::vector<shell::Redirection>> = true;
template <>
inline constexpr bool outlives_coroutines<shell::SimpleCommand> = true;
template <>
inline constexpr bool outlives_coroutines<shell::If> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Loop> = true;
template <>
inline constexpr bool outlives_coroutines<shell::For> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Case> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Pipeline> = true;
template <>
inline constexpr bool outlives_coroutines<shell::AndOr> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Item> = true;
template <>
inline constexpr bool outlives_coroutines<shell::List> = true;
template <>
inline constexpr bool outlives_coroutines<shell::Command> = true;

}  // namespace yos
