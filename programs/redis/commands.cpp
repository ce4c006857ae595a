#include "programs/redis/commands.h"

#include "programs/lib/print.h"
#include "programs/redis/key_commands.h"
#include "programs/redis/word.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>

namespace yos::redis {
namespace {

struct Command {
    int words;  ///< with its name; negative: that many at least
    void (*perform)(Client&, Words);
    bool while_listening = false;  ///< allowed to a client that listens to topics
};

using Commands = std::unordered_map<std::string_view, Command, HashOfWord, SameWord>;
const Commands& commands();

void ping(Client& client, Words words) {
    if (words.size() > 2) {
        return client.reply().error("ERR wrong number of arguments for 'ping' command");
    }
    if (!client.topics().empty()) {
        client.reply().array(2);
        client.reply().string("pong");
        client.reply().string(words.size() > 1 ? words[1] : std::string_view());
    } else if (words.size() > 1) {
        client.reply().string(words[1]);
    } else {
        client.reply().status("PONG");
    }
}

void echo(Client& client, Words words) {
    client.reply().string(words[1]);
}

void quit(Client& client, Words /*words*/) {
    client.reply().status("OK");
    client.leaves = true;
}

void select(Client& client, Words words) {
    const std::optional<std::int64_t> database = to_integer(words[1]);
    if (!database) {
        return client.reply().error("ERR value is not an integer or out of range");
    }
    if (*database < 0 || *database >= static_cast<std::int64_t>(limits::databases)) {
        return client.reply().error("ERR DB index is out of range");
    }
    client.select(static_cast<std::size_t>(*database));
    client.reply().status("OK");
}

/// There is nothing to configure, but redis-benchmark wants to tell of these.
void config(Client& client, Words words) {
    if (!is_word(words[1], "get")) {
        return client.reply().error("ERR nothing can be configured here");
    }
    for (const auto& [name, value] : {std::pair("save", ""), std::pair("appendonly", "no")}) {
        if (words.size() == 3 && is_word(words[2], name)) {
            client.reply().array(2);
            client.reply().string(name);
            return client.reply().string(value);
        }
    }
    client.reply().array(0);
}

/// redis-cli asks for help texts, and does without.
void command(Client& client, Words words) {
    if (words.size() > 1 && is_word(words[1], "count")) {
        return client.reply().integer(static_cast<std::int64_t>(commands().size()));
    }
    client.reply().array(0);
}

void tell_topics(Client& client, std::string_view verb, std::string_view topic) {
    client.reply().array(3);
    client.reply().string(verb);
    client.reply().string(topic);
    client.reply().integer(static_cast<std::int64_t>(client.topics().size()));
}

void subscribe(Client& client, Words words) {
    for (const std::string_view topic : words.subspan(1)) {
        client.listen(topic);
        tell_topics(client, "subscribe", topic);
    }
}

void unsubscribe(Client& client, Words words) {
    std::vector<std::string> topics(words.begin() + 1, words.end());
    if (topics.empty()) {
        topics.assign(client.topics().begin(), client.topics().end());
    }
    for (const std::string& topic : topics) {
        client.stop_listening(topic);
        tell_topics(client, "unsubscribe", topic);
    }
    if (topics.empty()) {
        client.reply().array(3);
        client.reply().string("unsubscribe");
        client.reply().none();
        client.reply().integer(0);
    }
}

void publish(Client& client, Words words) {
    const std::size_t listeners = client.publish(words[1], words[2]);
    client.reply().integer(static_cast<std::int64_t>(listeners));
}

const Commands& commands() {
    static const Commands all = {
        {"get", {2, get}},
        {"set", {-3, set}},
        {"del", {-2, del}},
        {"exists", {-2, exists}},
        {"incr", {2, incr}},
        {"decr", {2, decr}},
        {"incrby", {3, incrby}},
        {"decrby", {3, decrby}},
        {"expire", {3, expire}},
        {"pexpire", {3, pexpire}},
        {"persist", {2, persist}},
        {"ttl", {2, ttl}},
        {"pttl", {2, pttl}},
        {"keys", {2, keys}},
        {"dbsize", {1, dbsize}},
        {"flushdb", {-1, flushdb}},
        {"flushall", {-1, flushall}},
        {"publish", {3, publish}},
        {"subscribe", {-2, subscribe, true}},
        {"unsubscribe", {-1, unsubscribe, true}},
        {"ping", {-1, ping, true}},
        {"quit", {-1, quit, true}},
        {"echo", {2, echo}},
        {"select", {2, select}},
        {"command", {-1, command}},
        {"config", {-2, config}},
    };
    return all;
}

std::string unknown(Words request) {
    constexpr std::size_t shown = 128;  // bytes of the name, and of the arguments
    std::string arguments;
    for (const std::string_view word : request.subspan(1)) {
        if (arguments.size() >= shown) {
            break;
        }
        arguments += fmt::format("'{}' ", word.substr(0, shown - arguments.size()));
    }
    return fmt::format("ERR unknown command '{}', with args beginning with: {}",
                       request[0].substr(0, shown),
                       arguments);
}

}  // namespace

void perform(Client& client, Words request) {
    const auto found = commands().find(request[0]);
    if (found == commands().end()) {
        return client.reply().error(unknown(request));
    }
    const auto& [name, command] = *found;
    const int words = static_cast<int>(request.size());
    if (command.words >= 0 ? words != command.words : words < -command.words) {
        return client.reply().error(
            fmt::format("ERR wrong number of arguments for '{}' command", name));
    }
    if (!command.while_listening && !client.topics().empty()) {
        return client.reply().error(
            fmt::format("ERR Can't execute '{}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / "
                        "QUIT / RESET are allowed in this context",
                        name));
    }
    command.perform(client, request);
}

std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const auto& [name, command] : commands()) {
        std::string capitals;
        for (const char c : name) {
            capitals += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        names.push_back(std::move(capitals));
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace yos::redis
