#include "programs/lib/files.h"
#include "programs/lib/options.h"

#include <fcntl.h>

namespace yos {
namespace {

Coroutine<int> tee(Invocation invocation) {
    bool append = false;
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "where else to write it");
    options.flag("-a,--append", append, "add to the files, rather than begin them anew");
    options.example("seq 10 | tee numbers | wc -l");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    int status = 0;
    std::vector<Descriptor> outputs;
    for (const std::string& file : files) {
        std::error_code why;
        try {
            const int how = O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC);
            outputs.push_back(co_yield Open{file, how});
        } catch (const std::system_error& error) {
            why = error.code();
        }
        if (why) {
            status = co_await complain(invocation, file, why);
        }
    }
    std::string buffer(block_size, '\0');
    while (const std::size_t got = co_yield Read{invocation.in, buffer}) {
        const std::string text = buffer.substr(0, got);
        for (const Descriptor& output : outputs) {
            co_await write_all(output, text);
        }
        co_await write_all(invocation.out, text);
    }
    co_return status;
}

const Program program("tee", "pass the input on, and write it into files, too", tee);

}  // namespace
}  // namespace yos
