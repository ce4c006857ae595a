#pragma once

#include "kernel/files/working_directory.h"
#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"

namespace yos {

/// A process of the host, and the ends of two pipes: what is written to `input` it reads, what it
/// writes is read from `output`. To close `process`, as its destructor does, kills it.
struct ChildProcess {
    Descriptor process;
    Descriptor input;
    Descriptor output;
};

inline std::ostream& operator<<(std::ostream& out, const ChildProcess& child) {
    return out << child.process << ", " << child.input << ", " << child.output;
}

/// Runs a program of the host, by its words, in a process. What it writes to its standard error
/// goes where the kernel's does; how it ends, WaitProcess tells. When `process` is closed, it is
/// killed, with all that it has started. Blocks the whole kernel for as long as the host takes.
/// EINVAL: no words. EPERM: the kernel has a root of its own, which no process would keep to.
/// ENOENT, EACCES, EAGAIN and the like: as the host says. (subprocess of Python)
class StartProcess : public SystemCall<ChildProcess> {
public:
    explicit StartProcess(std::vector<std::string> words) : words_(std::move(words)) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        if (words_.empty()) {
            return fail(std::errc::invalid_argument);
        }
        if (!kernel.world().tree->is_whole()) {
            return fail(std::errc::operation_not_permitted);
        }
        ProcessFiles files = kernel.world().processes->start(words_, path_of(self, "."));
        DescriptorTable& table = kernel.descriptors();
        return complete(ChildProcess{table.open(std::move(files.process)),
                                     table.open(std::move(files.input)),
                                     table.open(std::move(files.output))});
    }

    void print_arguments(std::ostream& out) const override {
        for (const char* separator = ""; const std::string& word : words_) {
            out << std::exchange(separator, ", ");
            print_value(out, word);
        }
    }

private:
    std::vector<std::string> words_;
};

}  // namespace yos
