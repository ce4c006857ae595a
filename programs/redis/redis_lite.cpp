// A server that speaks to Redis's own clients: a task for each, and no lock, for a command never
// waits. What can wait is here; what the commands do is in programs/redis/.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/server.h"
#include "programs/redis/commands.h"
#include "syscalls/clear_event.h"
#include "syscalls/get_tid.h"
#include "syscalls/kill_task.h"
#include "syscalls/now.h"
#include "syscalls/read_wait.h"
#include "syscalls/select.h"
#include "syscalls/wait_event.h"

#include <array>

namespace yos {
namespace {

/// The task's side of a client.
class Session {
public:
    Session(Socket socket, std::shared_ptr<redis::Data> data, Tid task)
        : socket_(std::move(socket)),
          client_(std::make_shared<redis::Client>(std::move(data), task)) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { client_->stop_listening(); }

    /// Serves it until it leaves. While it says nothing there is no buffer for it.
    Coroutine<> serve() {
        while (!client_->leaves) {
            const bool has_sent = co_await has_sent_something();
            if (has_sent) {
                co_await answer_requests();
            }
            co_await send();
        }
    }

private:
    /// False when something was published to it instead.
    Coroutine<bool> has_sent_something() {
        if (client_->topics().empty()) {
            co_yield ReadWait{socket_.fd()};
            co_return true;
        }
        const auto first = co_yield Select{ReadWait{socket_.fd()}, WaitEvent{client_->told}};
        co_yield ClearEvent{client_->told};
        co_return first.index() == 0;
    }

    /// Performs all requests that are there to read. Part of another is kept until the rest comes.
    Coroutine<> answer_requests() {
        std::array<char, redis::limits::read_at_once> buffer;
        const std::size_t got = co_yield Read{socket_.fd(), buffer};
        client_->leaves = got == 0;
        client_->now = co_yield Now{};
        std::string_view bytes(buffer.data(), got);
        if (!part_.empty()) {
            part_ += bytes;
            bytes = part_;
        }
        while (perform_next(bytes)) {
            if (client_->unsent.size() > redis::limits::answers) {
                co_await send();
            }
        }
        if (bytes.size() != part_.size()) {
            std::string(bytes).swap(part_);
        }
    }

    /// Takes one request off the front of `bytes`, and performs it; false when there is none.
    bool perform_next(std::string_view& bytes) {
        try {
            if (client_->leaves || !parser_.parse(bytes)) {
                return false;
            }
            client_->keys().sweep(client_->now);
            if (!parser_.words().empty()) {
                redis::perform(*client_, parser_.words());
            }
            bytes.remove_prefix(parser_.size());
            return true;
        } catch (const redis::ProtocolError& error) {
            client_->reply().error(fmt::format("ERR Protocol error: {}", error.what()));
            client_->leaves = true;
            return false;
        }
    }

    /// Wakes those to whom this one has published something. Who takes too little of it must go.
    Coroutine<> tell_listeners() {
        while (!client_->to_tell.empty()) {
            const std::shared_ptr<redis::Client> listener = client_->to_tell.back();
            client_->to_tell.pop_back();
            if (listener->too_slow()) {
                co_yield KillTask{listener->task()};
            } else {
                co_yield SetEvent{listener->told};
            }
        }
    }

    /// Sends what there is for it and for its listeners. More may come while it is being sent.
    Coroutine<> send() {
        co_await tell_listeners();
        while (!client_->unsent.empty()) {
            std::swap(sending_, client_->unsent);
            co_await socket_.send(sending_);
            sending_.clear();
            if (sending_.capacity() > 2 * redis::limits::answers) {
                std::string().swap(sending_);
            }
        }
    }

    Socket socket_;
    std::shared_ptr<redis::Client> client_;
    redis::RequestParser parser_;
    std::string part_;     // of a request
    std::string sending_;  // what the client is sent just now
};

Coroutine<> handle_client(Socket socket, std::shared_ptr<redis::Data> data) {
    const Tid task = co_yield GetTid{};
    Session session(std::move(socket), std::move(data), task);
    co_await session.serve();
}

/// The names of the commands, in lines that fit behind the options' names in the help.
std::string list_of_commands() {
    constexpr std::size_t width = 56;
    std::string lines;
    std::size_t column = 0;
    for (const std::string& name : redis::command_names()) {
        const bool fits = column + 1 + name.size() <= width;
        lines += column == 0 ? "" : fits ? " " : "\n";
        column = (fits ? column + 1 : 0) + name.size();
        lines += name;
    }
    return lines;
}

Coroutine<int> redis_lite(Invocation invocation) {
    Address where;
    Options options(invocation);
    options.required("PORT",
                     where,
                     "a port of this machine, or HOST:PORT, *:PORT, unix:PATH\n"
                     "clients may ask for:\n" +
                         list_of_commands());
    options.example("redis-lite 6379    then, in another terminal: redis-cli set greeting hello");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const auto data = std::make_shared<redis::Data>();
    const auto handle = [data](Socket client) { return handle_client(std::move(client), data); };
    co_return co_await serve(invocation, where, "redis-client", handle);
}

const Program program("redis-lite",
                      "keep keys and values for Redis clients, in memory",
                      redis_lite);

}  // namespace
}  // namespace yos
