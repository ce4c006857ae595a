#include "programs/lib/files.h"

namespace yos {

Coroutine<int> complain(Invocation invocation, std::string file, std::error_code why) {
    co_await print(invocation.err, "{}: {}: {}\n", invocation.program->name(), file, why.message());
    co_return 1;
}

Coroutine<std::error_code> failure_of(Coroutine<> reader) {
    try {
        co_await std::move(reader);
    } catch (const OutputFailed&) {
        throw;
    } catch (const std::system_error& failure) {
        co_return failure.code();
    }
    co_return std::error_code();
}

std::string title_of(const std::string& file, bool first) {
    return fmt::format(
        "{}==> {} <==\n", first ? "" : "\n", file == "-" ? "standard input" : file.c_str());
}

Coroutine<> copy(Fd from, Fd to) {
    std::string buffer(block_size, '\0');
    while (const std::size_t got = co_yield Read{from, buffer}) {
        co_await write_bytes(to, std::span<const char>(buffer).first(got));
    }
}

}  // namespace yos
