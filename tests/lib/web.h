#pragma once

// What tests of HTTP programs share: a server program in a task of its own, and clients that send
// just what they are told. On the virtual clock a connection that nobody uses is closed at once, so
// whoever reads to its end gets all answers.

#include "programs/lib/socket.h"
#include "syscalls/kill_task.h"
#include "tests/lib/run_program.h"

#include <string>
#include <utility>
#include <vector>

namespace yos {

/// A program that serves, and where.
struct Serving {
    Tid task = 0;
    unsigned short port = 0;
    Descriptor said;  ///< what it prints
};

/// Starts the program `name`, which must print that it is `listening at 127.0.0.1:PORT`.
inline Coroutine<Serving> start_serving(std::string name, std::vector<std::string> words) {
    const ProgramRef program = co_await find_program(name);
    REQUIRE(program);
    Invocation invocation(program, std::move(words));
    PipeEnds said = co_yield Pipe{};
    invocation.out = said.writer;
    invocation.err = said.writer;
    Coroutine<int> main = Program::run(std::move(invocation));
    Serving serving;
    serving.task = co_yield NewTask{std::move(main), name}.leads_job();
    LineReader lines(said.reader, true);
    const std::optional<std::string> line = co_await lines.read_line();
    REQUIRE(line);
    const auto colon = line->rfind(':');
    REQUIRE(colon != std::string::npos);
    INFO(*line);
    serving.port = static_cast<unsigned short>(std::stoul(line->substr(colon + 1)));
    serving.said = std::move(said.reader);
    // Its writer stays open: what the program prints at its end goes nowhere.
    co_return serving;
}

/// An http-server for the files of a folder.
inline Coroutine<Serving> serve_folder(std::string folder) {
    const std::vector<std::string> words = {"0", folder};
    co_return co_await start_serving("http-server", words);
}

/// Sends `text` on a connection of its own, and evaluates to what comes until it is closed.
inline Coroutine<std::string> converse(unsigned short port, std::string text) {
    Socket socket = co_await Socket::connect("127.0.0.1", port);
    std::string heard;
    try {
        co_await socket.send(text);
        std::string piece = co_await socket.recv(65'536);
        while (!piece.empty()) {
            heard += piece;
            piece = co_await socket.recv(65'536);
        }
    } catch (const std::system_error& failure) {
        heard += "<" + failure.code().message() + ">";
    }
    co_return heard;
}

inline Coroutine<> converse_with(std::string name,
                                 std::vector<std::string> words,
                                 std::vector<std::string> texts,
                                 std::vector<std::string>& heard) {
    const Serving serving = co_await start_serving(name, std::move(words));
    for (const std::string& text : texts) {
        std::string answer = co_await converse(serving.port, text);
        heard.push_back(std::move(answer));
    }
    co_yield KillTask{serving.task};
}

/// What a server program answers to each of these texts, each sent on a connection of its own.
inline std::vector<std::string> conversations(const std::string& name,
                                              std::vector<std::string> words,
                                              std::vector<std::string> texts) {
    HostMachine machine;
    std::vector<std::string> heard;
    machine.run(converse_with(name, std::move(words), std::move(texts), heard));
    return heard;
}

/// As in `GET /index.html`, with more fields if need be.
inline std::string request(const std::string& what, const std::string& fields = "") {
    return what + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n";
}

/// The status of an answer; 0 when there is none.
inline int status_of(const std::string& answer) {
    const std::string version = "HTTP/1.1 ";
    return answer.starts_with(version) ? std::stoi(answer.substr(version.size(), 3)) : 0;
}

inline std::string body_of(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string::npos ? "" : answer.substr(end + 4);
}

inline bool has_line(const std::string& answer, const std::string& line) {
    return answer.find("\r\n" + line + "\r\n") != std::string::npos;
}

/// The value of a field; empty when it is not there.
inline std::string field_of(const std::string& answer, const std::string& name) {
    const auto begin = answer.find("\r\n" + name + ": ");
    if (begin == std::string::npos) {
        return "";
    }
    const auto value = begin + name.size() + 4;
    return answer.substr(value, answer.find("\r\n", value) - value);
}

}  // namespace yos
