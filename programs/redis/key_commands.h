#pragma once

// The commands for keys and their values: `GET key` and the like. See commands.cpp.

#include "programs/redis/client.h"
#include "programs/redis/request.h"

namespace yos::redis {

void get(Client& client, Words words);
void set(Client& client, Words words);
void del(Client& client, Words words);
void exists(Client& client, Words words);

void incr(Client& client, Words words);
void decr(Client& client, Words words);
void incrby(Client& client, Words words);
void decrby(Client& client, Words words);

// The p is for milliseconds, in place of seconds.
void expire(Client& client, Words words);
void pexpire(Client& client, Words words);
void persist(Client& client, Words words);
void ttl(Client& client, Words words);
void pttl(Client& client, Words words);

void keys(Client& client, Words words);
void dbsize(Client& client, Words words);
void flushdb(Client& client, Words words);
void flushall(Client& client, Words words);

}  // namespace yos::redis
