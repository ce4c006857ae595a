#pragma once

// What sort(1) of POSIX goes by: keys, which are stretches of a line, each compared in a way of its
// own.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace yos {

class SortOrder {
public:
    struct Flags {
        bool numeric = false;
        bool human = false;  ///< numeric, with the K, M, G ... of ls -h
        bool fold = false;   ///< of ASCII only
        bool skip_blanks = false;
        bool reverse = false;

        bool any() const { return numeric || human || fold || skip_blanks || reverse; }
    };

    /// `separator` ends a field; 0: a field begins with blanks.
    SortOrder(Flags flags, char separator) : flags_(flags), separator_(separator) {}

    /// Adds a key such as 2, 2,2nr or 1.3,1.5; without flags of its own it has those of the order.
    /// False when it is none.
    bool add_key(std::string_view text);

    /// Negative when `a` comes before `b`, and 0 when it does not matter.
    int compare(std::string_view a, std::string_view b) const;

    /// What comes before never has a greater rank: most lines differ in it, and it is quick to
    /// compare.
    std::uint64_t rank(std::string_view line) const;

    bool reversed() const { return flags_.reverse; }

private:
    struct Position {
        std::size_t field = 0;      // from 1; 0: the end of the line
        std::size_t character = 0;  // from 1; 0: the end of the field
    };

    struct Key {
        Position from{1, 1};
        Position to;
        Flags flags;
    };

    std::string_view stretch(std::string_view line, const Key& key) const;
    std::size_t begin_of_field(std::string_view line, std::size_t field) const;
    std::size_t end_of_field(std::string_view line, std::size_t begin) const;

    Flags flags_;
    char separator_;
    std::vector<Key> keys_;
};

}  // namespace yos
