#pragma once

// The commands of redis-lite. Each is a function that answers at once: what it changes is changed
// before anybody else's turn comes.

#include "programs/redis/client.h"
#include "programs/redis/request.h"

namespace yos::redis {

/// Does what a request asks for, and appends the answer to what the client is to be sent. Errors
/// are answers, too, in the words of the original.
void perform(Client& client, Words request);

/// The names of all commands, as people write them, in the order of the alphabet.
std::vector<std::string> command_names();

}  // namespace yos::redis
