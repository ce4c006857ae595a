#include "programs/redis/key_commands.h"

#include "programs/lib/print.h"
#include "programs/redis/word.h"

#include <array>
#include <charconv>
#include <chrono>
#include <limits>

namespace yos::redis {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

constexpr const char* not_an_integer = "ERR value is not an integer or out of range";

/// The time that is `count` units from now; none when it is beyond the end of time.
std::optional<Time> from_now(const Client& client, std::int64_t count, Duration unit) {
    const std::int64_t most = (Time::max() - client.now) / unit;
    return -most <= count && count <= most ? std::optional(client.now + count * unit)
                                           : std::nullopt;
}

/// What follows the value in SET.
struct SetOptions {
    bool only_new = false;
    bool only_old = false;
    bool keep_time = false;
    std::optional<Time> expiry{};

    /// Takes the next option off the front of `words`; false when that was answered with an error.
    bool take(Client& client, Words& words) {
        const std::string_view option = words[0];
        const bool times = is_word(option, "ex") || is_word(option, "px");
        bool& flag = is_word(option, "nx")   ? only_new
                     : is_word(option, "xx") ? only_old
                                             : keep_time;
        const bool known = times || &flag != &keep_time || is_word(option, "keepttl");
        if (!known || (times && (words.size() < 2 || expiry))) {
            client.reply().error("ERR syntax error");
            return false;
        }
        if (times) {
            words = words.subspan(1);
            return take_time(client, words, is_word(option, "ex"));
        }
        flag = true;
        words = words.subspan(1);
        return true;
    }

    bool take_time(Client& client, Words& words, bool in_seconds) {
        const std::optional<std::int64_t> count = to_integer(words[0]);
        words = words.subspan(1);
        if (!count) {
            client.reply().error(not_an_integer);
            return false;
        }
        const Duration unit =
            in_seconds ? Duration(std::chrono::seconds(1)) : std::chrono::milliseconds(1);
        expiry = *count > 0 ? from_now(client, *count, unit) : std::nullopt;
        if (!expiry) {
            client.reply().error("ERR invalid expire time in 'set' command");
        }
        return expiry.has_value();
    }
};

void add(Client& client, std::string_view key, std::int64_t change) {
    std::string* const found = client.keys().find(key);
    const std::optional<std::int64_t> old = found != nullptr ? to_integer(*found) : 0;
    if (!old) {
        return client.reply().error(not_an_integer);
    }
    std::int64_t sum = 0;
    if (__builtin_add_overflow(*old, change, &sum)) {
        return client.reply().error("ERR increment or decrement would overflow");
    }
    std::array<char, 24> text;
    char* const end = std::to_chars(text.begin(), text.end(), sum).ptr;
    (found != nullptr ? *found : client.keys().at(key)).assign(text.begin(), end);
    client.reply().integer(sum);
}

void expire_in(Client& client, Words words, Duration unit, const char* command) {
    const std::optional<std::int64_t> count = to_integer(words[2]);
    if (!count) {
        return client.reply().error(not_an_integer);
    }
    const std::optional<Time> when = from_now(client, *count, unit);
    if (!when) {
        return client.reply().error(
            fmt::format("ERR invalid expire time in '{}' command", command));
    }
    const bool exists = client.keys().find(words[1]) != nullptr;
    if (exists && *when > client.now) {
        client.keys().expire_at(words[1], when);
    } else if (exists) {
        client.keys().erase(words[1]);
    }
    client.reply().integer(exists ? 1 : 0);
}

/// What is left, rounded to whole units; -1 for ever, -2 for no such key.
void time_left(Client& client, std::string_view key, Duration unit) {
    if (client.keys().find(key) == nullptr) {
        return client.reply().integer(-2);
    }
    const std::optional<Time> expiry = client.keys().expiry(key);
    client.reply().integer(expiry ? (*expiry - client.now + unit / 2) / unit : -1);
}

}  // namespace

void get(Client& client, Words words) {
    const std::string* const value = client.keys().find(words[1]);
    value != nullptr ? client.reply().string(*value) : client.reply().none();
}

void set(Client& client, Words words) {
    SetOptions options;
    for (Words rest = words.subspan(3); !rest.empty();) {
        if (!options.take(client, rest)) {
            return;
        }
    }
    if ((options.only_new && options.only_old) || (options.keep_time && options.expiry)) {
        return client.reply().error("ERR syntax error");
    }
    Keyspace& keys = client.keys();
    if (words.size() > 3) {
        const bool exists = keys.find(words[1]) != nullptr;
        if ((options.only_new && exists) || (options.only_old && !exists)) {
            return client.reply().none();
        }
    }
    keys.at(words[1]) = words[2];
    if (!options.keep_time) {
        keys.expire_at(words[1], options.expiry);
    }
    client.reply().status("OK");
}

void del(Client& client, Words words) {
    std::int64_t deleted = 0;
    for (const std::string_view key : words.subspan(1)) {
        deleted += client.keys().erase(key) ? 1 : 0;
    }
    client.reply().integer(deleted);
}

void exists(Client& client, Words words) {
    std::int64_t found = 0;
    for (const std::string_view key : words.subspan(1)) {
        found += client.keys().find(key) != nullptr ? 1 : 0;
    }
    client.reply().integer(found);
}

void incr(Client& client, Words words) {
    add(client, words[1], 1);
}

void decr(Client& client, Words words) {
    add(client, words[1], -1);
}

void incrby(Client& client, Words words) {
    const std::optional<std::int64_t> change = to_integer(words[2]);
    change ? add(client, words[1], *change) : client.reply().error(not_an_integer);
}

void decrby(Client& client, Words words) {
    const std::optional<std::int64_t> change = to_integer(words[2]);
    if (!change) {
        return client.reply().error(not_an_integer);
    }
    if (*change < -largest) {
        return client.reply().error("ERR decrement would overflow");
    }
    add(client, words[1], -*change);
}

void expire(Client& client, Words words) {
    expire_in(client, words, std::chrono::seconds(1), "expire");
}

void pexpire(Client& client, Words words) {
    expire_in(client, words, std::chrono::milliseconds(1), "pexpire");
}

void persist(Client& client, Words words) {
    const bool expires = client.keys().find(words[1]) != nullptr && client.keys().expiry(words[1]);
    if (expires) {
        client.keys().expire_at(words[1], std::nullopt);
    }
    client.reply().integer(expires ? 1 : 0);
}

void ttl(Client& client, Words words) {
    time_left(client, words[1], std::chrono::seconds(1));
}

void pttl(Client& client, Words words) {
    time_left(client, words[1], std::chrono::milliseconds(1));
}

void keys(Client& client, Words words) {
    const std::vector<std::string_view> found = client.keys().matching(words[1]);
    client.reply().array(found.size());
    for (const std::string_view key : found) {
        client.reply().string(key);
    }
}

void dbsize(Client& client, Words /*words*/) {
    client.reply().integer(static_cast<std::int64_t>(client.keys().size()));
}

void flushdb(Client& client, Words /*words*/) {
    client.keys().clear();
    client.reply().status("OK");
}

void flushall(Client& client, Words /*words*/) {
    for (Keyspace& keys : client.databases()) {
        keys.clear();
    }
    client.reply().status("OK");
}

}  // namespace yos::redis
