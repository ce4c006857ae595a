#include "syscalls/sleep.h"
#include "tests/lib/run_program.h"
#include "tests/lib/serve.h"

#include <chrono>

namespace yos {
namespace {

using namespace std::chrono_literals;

/// Says each line to redis-lite and hears what follows it, until the next.
Coroutine<> talk(std::vector<std::pair<std::string, std::string>> lines) {
    ServerRun server = co_await start_server("redis-lite");
    Socket client = co_await call_server(server);
    for (const auto& [said, expected] : lines) {
        INFO("said: " << said);
        co_await converse(client, said + "\r\n", expected + "\r\n");
    }
    co_await client.close();
    co_await server.stop();
}

void check_talk(std::vector<std::pair<std::string, std::string>> lines) {
    HostMachine machine;
    CHECK(machine.run(talk(std::move(lines))) == Ending::finished);
}

TEST_CASE("redis-lite keeps keys and values", "[programs][host]") {
    check_talk({
        {"GET a", "$-1"},
        {"SET a 1", "+OK"},
        {"get a", "$1\r\n1"},
        {"EXISTS a a b", ":2"},
        {"SET b 'x y'", "+OK"},
        {"KEYS [ab]", "*2\r\n$1\r\nb\r\n$1\r\na"},
        {"DBSIZE", ":2"},
        {"DEL a b c", ":2"},
        {"DBSIZE", ":0"},
    });
}

TEST_CASE("redis-lite counts", "[programs][host]") {
    check_talk({
        {"INCR n", ":1"},
        {"INCRBY n 41", ":42"},
        {"DECR n", ":41"},
        {"DECRBY n -1", ":42"},
        {"GET n", "$2\r\n42"},
        {"SET n 9223372036854775807", "+OK"},
        {"INCR n", "-ERR increment or decrement would overflow"},
        {"DECRBY n -9223372036854775808", "-ERR decrement would overflow"},
        {"SET n 007", "+OK"},
        {"INCR n", "-ERR value is not an integer or out of range"},
        {"SET n ' 7'", "+OK"},
        {"INCR n", "-ERR value is not an integer or out of range"},
    });
}

TEST_CASE("SET of redis-lite heeds its options", "[programs][host]") {
    check_talk({
        {"SET a 1 XX", "$-1"},
        {"SET a 1 NX", "+OK"},
        {"SET a 2 nx", "$-1"},
        {"SET a 2 xx ex 10", "+OK"},
        {"TTL a", ":10"},
        {"SET a 3 KEEPTTL", "+OK"},
        {"TTL a", ":10"},
        {"SET a 3", "+OK"},
        {"TTL a", ":-1"},
        {"SET a 3 NX XX", "-ERR syntax error"},
        {"SET a 3 EX", "-ERR syntax error"},
        {"SET a 3 EX 1 PX 1", "-ERR syntax error"},
        {"SET a 3 SOON", "-ERR syntax error"},
        {"SET a 3 EX 0", "-ERR invalid expire time in 'set' command"},
        {"SET a 3 EX 9223372036854775807", "-ERR invalid expire time in 'set' command"},
        {"SET a 3 EX soon", "-ERR value is not an integer or out of range"},
    });
}

TEST_CASE("redis-lite tells what is wrong in the words of the original", "[programs][host]") {
    check_talk({
        {"FOO a b", "-ERR unknown command 'FOO', with args beginning with: 'a' 'b' "},
        {"'two\\'lines\"' \"\\r\\n\"",
         "-ERR unknown command 'two'lines\"', with args beginning with: '  ' "},
        {"Get", "-ERR wrong number of arguments for 'get' command"},
        {"PING a b c", "-ERR wrong number of arguments for 'ping' command"},
        {"SELECT 16", "-ERR DB index is out of range"},
        {"SELECT x", "-ERR value is not an integer or out of range"},
        {"EXPIRE a soon", "-ERR value is not an integer or out of range"},
        {"EXPIRE a 9223372036854775807", "-ERR invalid expire time in 'expire' command"},
    });
}

TEST_CASE("redis-lite has several databases", "[programs][host]") {
    check_talk({
        {"SET a 1", "+OK"},
        {"SELECT 15", "+OK"},
        {"GET a", "$-1"},
        {"SET b 1", "+OK"},
        {"FLUSHDB", "+OK"},
        {"SELECT 0", "+OK"},
        {"GET a", "$1\r\n1"},
        {"FLUSHALL", "+OK"},
        {"DBSIZE", ":0"},
    });
}

Coroutine<> let_keys_expire() {
    ServerRun server = co_await start_server("redis-lite");
    Socket client = co_await call_server(server);
    co_await converse(
        client, "SET a 1 PX 1500\r\nSET b 1\r\nEXPIRE b 3\r\n", "+OK\r\n+OK\r\n:1\r\n");
    co_yield Sleep{1s};
    co_await converse(
        client, "TTL a\r\nPTTL a\r\nTTL b\r\nTTL c\r\n", ":1\r\n:500\r\n:2\r\n:-2\r\n");
    co_yield Sleep{499ms};
    co_await converse(client, "EXISTS a\r\n", ":1\r\n");
    co_yield Sleep{1ms};
    co_await converse(client, "EXISTS a\r\nDBSIZE\r\nPERSIST b\r\n", ":0\r\n:1\r\n:1\r\n");
    co_yield Sleep{1h};
    co_await converse(client, "PERSIST b\r\nEXPIRE b -1\r\nDBSIZE\r\n", ":0\r\n:1\r\n:0\r\n");
    co_await client.close();
    co_await server.stop();
}

TEST_CASE("keys of redis-lite expire to the millisecond", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(let_keys_expire()) == Ending::finished);
}

Coroutine<> publish() {
    ServerRun server = co_await start_server("redis-lite");
    Socket listener = co_await call_server(server);
    Socket speaker = co_await call_server(server);
    co_await converse(listener,
                      "SUBSCRIBE news sport\r\n",
                      "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n"
                      "*3\r\n$9\r\nsubscribe\r\n$5\r\nsport\r\n:2\r\n");
    co_await converse(speaker, "PUBLISH news hello\r\nPUBLISH art x\r\n", ":1\r\n:0\r\n");
    co_await converse(listener, "", "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n");
    co_await converse(listener, "PING\r\n", "*2\r\n$4\r\npong\r\n$0\r\n\r\n");
    co_await converse(listener,
                      "GET a\r\n",
                      "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / "
                      "QUIT / RESET are allowed in this context\r\n");
    co_await converse(
        listener, "UNSUBSCRIBE news\r\n", "*3\r\n$11\r\nunsubscribe\r\n$4\r\nnews\r\n:1\r\n");
    co_await converse(speaker, "PUBLISH news hello\r\n", ":0\r\n");
    co_await converse(listener,
                      "UNSUBSCRIBE\r\nUNSUBSCRIBE\r\nGET a\r\n",
                      "*3\r\n$11\r\nunsubscribe\r\n$5\r\nsport\r\n:0\r\n"
                      "*3\r\n$11\r\nunsubscribe\r\n$-1\r\n:0\r\n$-1\r\n");
    co_await speaker.close();
    co_await listener.close();
    co_await server.stop();
}

TEST_CASE("redis-lite passes on what is published", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(publish()) == Ending::finished);
}

Coroutine<> leave_while_listening() {
    ServerRun server = co_await start_server("redis-lite");
    Socket listener = co_await call_server(server);
    Socket speaker = co_await call_server(server);
    co_await converse(listener, "SUBSCRIBE a\r\n", "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n");
    co_await listener.close();
    std::string listeners;
    while (listeners != ":0\r\n") {  // the server has to hear of the end first
        co_await speaker.send("PUBLISH a x\r\n");
        listeners = co_await hear(speaker, 4);
        co_yield Sleep{1ms};
    }
    co_await speaker.close();
    co_await server.stop();
}

TEST_CASE("redis-lite forgets a listener that has left", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(leave_while_listening()) == Ending::finished);
}

Coroutine<> listen_slowly() {
    ServerRun server = co_await start_server("redis-lite");
    Socket listener = co_await call_server(server);
    Socket speaker = co_await call_server(server);
    co_await converse(listener, "SUBSCRIBE a\r\n", "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n");
    const std::string megabyte(1'000'000, 'x');
    std::string answer = ":1\r\n";
    int published = 0;
    for (; answer == ":1\r\n" && published < 100; ++published) {
        co_await speaker.send("*3\r\n$7\r\nPUBLISH\r\n$1\r\na\r\n$1000000\r\n" + megabyte + "\r\n");
        answer = co_await hear(speaker, 4);
        co_yield Sleep{1ms};
    }
    CHECK(answer == ":0\r\n");
    CHECK(published < 50);
    co_await speaker.close();
    co_await listener.close();
    co_await server.stop();
}

TEST_CASE("redis-lite leaves a listener that does not read", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(listen_slowly()) == Ending::finished);
}

Coroutine<> pipeline() {
    ServerRun server = co_await start_server("redis-lite");
    Socket client = co_await call_server(server);
    std::string requests;
    std::string answers;
    for (int i = 1; i <= 5'000; ++i) {
        requests += "*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n";
        answers += ":" + std::to_string(i) + "\r\n";
    }
    co_await converse(client, requests, answers);
    const std::string large(3'000'000, 'v');
    co_await converse(
        client, "*3\r\n$3\r\nSET\r\n$1\r\nv\r\n$3000000\r\n" + large + "\r\n", "+OK\r\n");
    co_await converse(client, "GET v\r\n", "$3000000\r\n" + large + "\r\n");
    co_await converse(client, "QUIT\r\nGET v\r\n", "+OK\r\n");
    const std::string rest = co_await client.recv(1);
    CHECK(rest.empty());
    co_await server.stop();
}

TEST_CASE("redis-lite answers pipelines and takes large values", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(pipeline()) == Ending::finished);
}

Coroutine<> speak_nonsense() {
    ServerRun server = co_await start_server("redis-lite");
    Socket client = co_await call_server(server);
    const std::string answer = "+PONG\r\n-ERR Protocol error: expected '$', got '!'\r\n";
    co_await converse(client, "PING\r\n*1\r\n!4\r\nPING\r\n", answer);
    const std::string rest = co_await client.recv(1);
    CHECK(rest.empty());
    co_await server.stop();
}

TEST_CASE("redis-lite hangs up on who does not speak its protocol", "[programs][host]") {
    HostMachine machine;
    CHECK(machine.run(speak_nonsense()) == Ending::finished);
}

TEST_CASE("redis-lite lists its commands in its help, in lines that fit a screen", "[programs]") {
    HostMachine machine;
    const std::string help = run_program(machine, "redis-lite", {"--help"}).out;
    CHECK(help.find(" COMMAND CONFIG DBSIZE DECR DECRBY DEL ") != std::string::npos);
    for (const char* const name : {"GET", "EXPIRE", "KEYS", "PUBLISH", "SUBSCRIBE"}) {
        CHECK(help.find(name) != std::string::npos);
    }
    const std::size_t end = help.find("Options:");
    for (std::size_t line = help.find("COMMAND"); line < end; line = help.find('\n', line) + 1) {
        CHECK(help.find('\n', line) - line <= 80);
    }
}

}  // namespace
}  // namespace yos
