#pragma once

// Keys, their values, and when they expire. Nothing here waits, so every command is atomic: other
// clients see all of it or nothing, without a lock.

#include "syscalls/now.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace yos::redis {

class Keyspace {
public:
    std::size_t size() const { return values_.size(); }

    /// Null when there is no such key. Not for changing its time: see expire_at.
    std::string* find(std::string_view key);

    /// The value of the key, made empty if there was none. It keeps its time.
    std::string& at(std::string_view key);

    bool erase(std::string_view key);
    void clear();

    /// None: it never expires. Both throw std::logic_error when there is no such key.
    std::optional<Time> expiry(std::string_view key) const;
    void expire_at(std::string_view key, std::optional<Time> when);

    /// Erases what has expired. After that, and until time goes on, nothing else has to look at it.
    void sweep(Time now);

    /// All keys that match a pattern as in a shell.
    std::vector<std::string_view> matching(std::string_view pattern) const;

private:
    struct Value {
        std::string text{};
        std::optional<Time> expiry{};
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const {
            return std::hash<std::string_view>()(key);
        }
    };
    using Values = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

    void erase(Values::iterator found);

    Values values_;
    std::set<std::pair<Time, const std::string*>> expiring_;  // the soonest first; keys of values_
};

}  // namespace yos::redis
