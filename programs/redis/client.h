#pragma once

// A client as the commands see it: which keys it works on, what it is to be told, and which topics
// it listens to.

#include "programs/redis/keyspace.h"
#include "programs/redis/limits.h"
#include "programs/redis/reply.h"
#include "syscalls/set_event.h"

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace yos::redis {

class Client;

/// Who listens to what.
class Topics {
public:
    using Listeners = std::set<std::shared_ptr<Client>>;

    void add(std::string_view topic, std::shared_ptr<Client> listener);
    void remove(std::string_view topic, const std::shared_ptr<Client>& listener);

    /// Null when nobody listens.
    const Listeners* find(std::string_view topic) const;

private:
    std::map<std::string, Listeners, std::less<>> topics_;
};

/// What all clients share.
struct Data {
    std::array<Keyspace, limits::databases> databases;
    Topics topics;
};

class Client : public std::enable_shared_from_this<Client> {
public:
    Client(std::shared_ptr<Data> data, Tid task) : task_(task), data_(std::move(data)) {}

    // ---- For the commands ----

    Keyspace& keys() { return data_->databases[database_]; }
    std::array<Keyspace, limits::databases>& databases() { return data_->databases; }
    void select(std::size_t database) { database_ = database; }

    Reply reply() { return Reply(unsent); }

    void listen(std::string_view topic);
    void stop_listening(std::string_view topic);
    const std::set<std::string, std::less<>>& topics() const { return topics_; }

    /// Says how many listeners it went to.
    std::size_t publish(std::string_view topic, std::string_view message);

    Time now{};           ///< the same for all requests that came together
    bool leaves = false;  ///< wants no more than its answers

    // ---- For its task ----

    /// Stops listening to all topics. To be called at the client's end, for topics hold on to their
    /// listeners.
    void stop_listening();

    std::string unsent;                            ///< answers, and what was published
    Event told;                                    ///< something was published to it
    std::vector<std::shared_ptr<Client>> to_tell;  ///< to whom it has published something

    /// It has not taken what was published for so long that there is no more room for it.
    bool too_slow() const { return unsent.size() > limits::unsent_news; }
    Tid task() const { return task_; }

private:
    Tid task_;
    std::shared_ptr<Data> data_;
    std::size_t database_ = 0;
    std::set<std::string, std::less<>> topics_;
};

}  // namespace yos::redis
