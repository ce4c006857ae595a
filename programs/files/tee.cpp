#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "syscalls/tried.h"

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
        const int how = O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC);
        auto output = co_yield Tried{Open{file, how}};
        if (output) {
            outputs.push_back(*std::move(output));
        } else {
            status = co_await complain(invocation, file, output.error());
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
