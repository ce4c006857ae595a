// A chat for people with telnet: rooms, and who is in them. Each guest has a task that waits for
// two things at once, what the guest types and what it is to be told. Lines for one that does not
// read are kept up to a limit; then it has to go.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/server.h"
#include "programs/network/telnet_lines.h"
#include "syscalls/cancel_task.h"
#include "syscalls/clear_event.h"
#include "syscalls/get_tid.h"
#include "syscalls/select.h"
#include "syscalls/set_event.h"
#include "syscalls/wait_event.h"
#include "tasks/interruption.h"

#include <algorithm>
#include <array>
#include <map>

namespace yos {
namespace {

constexpr std::size_t longest_line = 1'000;     // bytes
constexpr std::size_t longest_name = 20;        // bytes, of a guest or a room
constexpr std::size_t most_unsent = 64 * 1024;  // bytes

struct Guest {
    Tid task;
    std::string name;
    std::string room = "hall";
    std::string unsent{};
    Event told{};  // there is something unsent
    bool leaves = false;
};

using Guests = std::vector<std::shared_ptr<Guest>>;

struct Chat {
    Guests guests;
    unsigned visits = 0;

    Guests in(const std::string& room) const {
        Guests there;
        std::copy_if(guests.begin(), guests.end(), std::back_inserter(there), [&](const auto& one) {
            return one->room == room;
        });
        return there;
    }

    bool has(const std::string& name) const {
        return std::any_of(
            guests.begin(), guests.end(), [&](const auto& one) { return one->name == name; });
    }
};

/// A guest's time in the chat; also over when its task is killed.
class Visit {
public:
    Visit(std::shared_ptr<Chat> chat, Tid task) : chat_(std::move(chat)) {
        guest_->task = task;
        guest_->name = "guest" + std::to_string(++chat_->visits);
        chat_->guests.push_back(guest_);
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    ~Visit() { std::erase(chat_->guests, guest_); }

    const std::shared_ptr<Guest>& guest() const { return guest_; }

private:
    std::shared_ptr<Chat> chat_;
    std::shared_ptr<Guest> guest_ = std::make_shared<Guest>();
};

Coroutine<> tell(std::shared_ptr<Guest> guest, std::string line) {
    if (guest->unsent.size() > most_unsent) {
        co_yield CancelTask{guest->task, "too slow"};
        co_return;
    }
    guest->unsent += line + "\r\n";
    co_yield SetEvent{guest->told};
}

/// To all in the room of `from`, but not to `from`.
Coroutine<> tell_others(Chat& chat, std::shared_ptr<Guest> from, std::string line) {
    for (const std::shared_ptr<Guest>& guest : chat.in(from->room)) {
        if (guest != from) {
            co_await tell(guest, line);
        }
    }
}

bool is_name(const std::string& word) {
    return !word.empty() && word.size() <= longest_name &&
           std::none_of(
               word.begin(), word.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; });
}

Coroutine<> rename(Chat& chat, std::shared_ptr<Guest> guest, std::string name) {
    if (!is_name(name) || chat.has(name)) {
        co_return co_await tell(guest, "* that is no name, or somebody has it: /nick NAME");
    }
    const std::string news = fmt::format("* {} is now {}", guest->name, name);
    guest->name = std::move(name);
    co_await tell(guest, news);
    co_await tell_others(chat, guest, news);
}

Coroutine<> move_to(Chat& chat, std::shared_ptr<Guest> guest, std::string room) {
    if (!is_name(room) || room == guest->room) {
        co_return co_await tell(guest, "* that is no other room: /join ROOM");
    }
    co_await tell_others(chat, guest, fmt::format("* {} has left for {}", guest->name, room));
    guest->room = std::move(room);
    co_await tell(guest, fmt::format("* you are in {}", guest->room));
    co_await tell_others(chat, guest, fmt::format("* {} has joined", guest->name));
}

Coroutine<> list_rooms(Chat& chat, std::shared_ptr<Guest> guest) {
    std::map<std::string, std::size_t> rooms;
    for (const std::shared_ptr<Guest>& one : chat.guests) {
        ++rooms[one->room];
    }
    for (const auto& [room, guests] : rooms) {
        co_await tell(guest, fmt::format("* {}: {}", room, guests));
    }
}

Coroutine<> list_guests(Chat& chat, std::shared_ptr<Guest> guest) {
    std::string names;
    for (const std::shared_ptr<Guest>& one : chat.in(guest->room)) {
        names += " " + one->name;
    }
    co_await tell(guest, fmt::format("* in {}:{}", guest->room, names));
}

/// Does what the guest has typed.
Coroutine<> obey(Chat& chat, std::shared_ptr<Guest> guest, std::string line) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string verb = line.substr(0, space);
    const std::string word = line.substr(std::min(space + 1, line.size()));
    if (verb == "/nick") {
        co_await rename(chat, guest, word);
    } else if (verb == "/join") {
        co_await move_to(chat, guest, word);
    } else if (verb == "/rooms") {
        co_await list_rooms(chat, guest);
    } else if (verb == "/who") {
        co_await list_guests(chat, guest);
    } else if (verb == "/quit") {
        guest->leaves = true;
        co_await tell(guest, "* bye");
    } else if (verb.starts_with('/')) {
        co_await tell(guest, "* there are /nick NAME, /join ROOM, /rooms, /who and /quit");
    } else if (!line.empty()) {
        co_await tell_others(chat, guest, fmt::format("<{}> {}", guest->name, line));
    }
}

/// More may come while it is being sent.
Coroutine<> send_unsent(Socket& client, std::shared_ptr<Guest> guest) {
    while (!guest->unsent.empty()) {
        const std::string text = std::exchange(guest->unsent, std::string());
        co_await client.send(text);
    }
}

Coroutine<> converse(Socket& client, Chat& chat, std::shared_ptr<Guest> guest) {
    std::array<char, 1024> buffer;
    TelnetLines typed(longest_line);
    while (!guest->leaves) {
        co_await send_unsent(client, guest);
        const auto first = co_yield Select{Read{client.fd(), buffer}, WaitEvent{guest->told}};
        co_yield ClearEvent{guest->told};
        if (first.index() == 0) {
            const std::size_t got = std::get<0>(first);
            guest->leaves = got == 0;
            typed.add({buffer.data(), got});
        }
        while (const std::optional<TelnetLines::Line> line = typed.next()) {
            if (line->too_long) {
                co_await tell(guest, "* that line is too long");
            } else {
                co_await obey(chat, guest, line->text);
            }
        }
    }
    co_await send_unsent(client, guest);
}

Coroutine<> handle_client(Socket client, std::shared_ptr<Chat> chat) {
    const Tid task = co_yield GetTid{};
    const Visit visit(chat, task);
    const std::shared_ptr<Guest> guest = visit.guest();
    co_await tell(guest, fmt::format("* you are {}, in the {}", guest->name, guest->room));
    co_await tell_others(*chat, guest, fmt::format("* {} has joined", guest->name));
    std::exception_ptr end;
    try {
        co_await converse(client, *chat, guest);
    } catch (...) {  // it broke off, was too slow, or the server stops
        end = std::current_exception();
    }
    co_await tell_others(*chat, guest, fmt::format("* {} has left", guest->name));
    if (end != nullptr) {
        std::rethrow_exception(end);
    }
}

Coroutine<int> run_chat(Invocation invocation) {
    Address where;
    Options options(invocation);
    options.required("PORT", where, "a port of this machine, or HOST:PORT, *:PORT, unix:PATH");
    options.example("chat 9000    then, in other terminals: telnet localhost 9000");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const auto chat = std::make_shared<Chat>();
    const auto handle = [chat](Socket client) { return handle_client(std::move(client), chat); };
    co_return co_await serve(invocation, where, "guest", handle);
}

const Program program("chat", "rooms to talk in, for people with telnet", run_chat);

}  // namespace
}  // namespace yos
