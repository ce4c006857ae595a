#pragma once

// pyos8's Socket: a connection or a listener whose operations are subroutines over the system
// calls. Closed by its destructor, so also when its task is killed.

#include "syscalls/accept.h"
#include "syscalls/close.h"
#include "syscalls/connect.h"
#include "syscalls/listen.h"
#include "syscalls/local_address.h"
#include "syscalls/read.h"
#include "syscalls/shutdown_writing.h"
#include "syscalls/write.h"
#include "tasks/coroutine.h"

#include <string>
#include <string_view>
#include <utility>

namespace yos {

class Socket {
public:
    explicit Socket(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    /// A listener. Throws as Listen does.
    static Coroutine<Socket> listen(Address address);

    /// A connection. HOST may be a name: it is looked up on a thread, and its addresses are tried
    /// in turn. Throws as Connect does, EHOSTUNREACH when there is no such name.
    static Coroutine<Socket> connect(std::string host, unsigned short port);

    /// A connection to an address. While a Unix-domain listener's queue is full, it waits and tries
    /// again. Throws as Connect does.
    static Coroutine<Socket> connect(Address address);

    /// The next connection that came about. When the host is out of descriptors or memory it waits
    /// and tries again, so that a server keeps the connections it has. Throws as Accept does when
    /// it is no listener, or not any more.
    Coroutine<Socket> accept();

    /// Up to `most` bytes; empty at the end of the file. Throws as Read does.
    Coroutine<std::string> recv(std::size_t most);

    /// All of it. Throws as Write does.
    Coroutine<> send(std::string_view bytes);

    /// No more will be sent.
    Coroutine<> shutdown_writing();

    Coroutine<> close();

    Coroutine<Address> local_address();

    Fd fd() const { return descriptor_.fd(); }

private:
    Descriptor descriptor_;
};

}  // namespace yos
