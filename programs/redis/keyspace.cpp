#include "programs/redis/keyspace.h"

#include "programs/lib/pattern.h"
#include "tasks/contract.h"

namespace yos::redis {
namespace {

std::string no_such(std::string_view key) {
    return "Keyspace: there is no key \"" + std::string(key) + "\": find() it first";
}

}  // namespace

std::string* Keyspace::find(std::string_view key) {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second.text;
}

std::string& Keyspace::at(std::string_view key) {
    std::string* const found = find(key);
    return found != nullptr ? *found : values_[std::string(key)].text;
}

bool Keyspace::erase(std::string_view key) {
    const auto found = values_.find(key);
    if (found == values_.end()) {
        return false;
    }
    erase(found);
    return true;
}

void Keyspace::erase(Values::iterator found) {
    if (found->second.expiry) {
        expiring_.erase({*found->second.expiry, &found->first});
    }
    values_.erase(found);
}

void Keyspace::clear() {
    expiring_.clear();
    values_.clear();
}

std::optional<Time> Keyspace::expiry(std::string_view key) const {
    const auto found = values_.find(key);
    check_contract(found != values_.end(), [&] { return no_such(key); });
    return found->second.expiry;
}

void Keyspace::expire_at(std::string_view key, std::optional<Time> when) {
    const auto found = values_.find(key);
    check_contract(found != values_.end(), [&] { return no_such(key); });
    auto& [name, value] = *found;
    if (value.expiry) {
        expiring_.erase({*value.expiry, &name});
    }
    value.expiry = when;
    if (when) {
        expiring_.insert({*when, &name});
    }
}

void Keyspace::sweep(Time now) {
    while (!expiring_.empty() && expiring_.begin()->first <= now) {
        erase(values_.find(*expiring_.begin()->second));
    }
}

std::vector<std::string_view> Keyspace::matching(std::string_view pattern) const {
    std::vector<std::string_view> keys;
    for (const auto& [key, value] : values_) {
        if (shell::matches(pattern, key)) {
            keys.push_back(key);
        }
    }
    return keys;
}

}  // namespace yos::redis
