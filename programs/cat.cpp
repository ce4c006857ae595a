#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/open.h"
#include "syscalls/read.h"
#include "syscalls/write.h"

#include <array>

namespace yos {
namespace {

Coroutine<> copy(Fd from, Fd to) {
    std::array<char, 65'536> buffer;
    while (const std::size_t got = co_yield Read{from, buffer}) {
        std::span<const char> rest(buffer.data(), got);
        while (!rest.empty()) {
            rest = rest.subspan(co_yield Write{to, rest});
        }
    }
}

Coroutine<int> cat(Invocation invocation) {
    std::vector<std::string> files;
    Options options(invocation);
    options.rest("FILE", files, "what to print; - or none: the standard input");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    if (files.empty()) {
        files.push_back("-");
    }
    int status = 0;
    for (const std::string& file : files) {
        std::string failure;
        try {
            if (file == "-") {
                co_await copy(invocation.in, invocation.out);
            } else {
                const Descriptor opened = co_yield Open{file};
                co_await copy(opened, invocation.out);
            }
            continue;
        } catch (const std::system_error& error) {
            if (error.code() == std::errc::broken_pipe) {
                throw;
            }
            failure = error.code().message();
        }
        co_await print(invocation.err, "cat: {}: {}\n", file, failure);
        status = 1;
    }
    co_return status;
}

const Program program("cat", "print files, one after the other", cat);

}  // namespace
}  // namespace yos
