#pragma once

#include "kernel/files/pipe.h"
#include "kernel/system_call.h"
#include "kernel/uapi/descriptor.h"

namespace yos {

struct PipeEnds {
    Descriptor reader;
    Descriptor writer;
};

inline std::ostream& operator<<(std::ostream& out, const PipeEnds& ends) {
    return out << ends.reader << ", " << ends.writer;
}

/// Makes a pipe. What is written to its `writer` is read from its `reader`, 64 KiB at most in
/// between. Never blocks, never fails.
class Pipe : public SystemCall<PipeEnds> {
public:
    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        auto [reader, writer] = make_pipe();
        DescriptorTable& table = kernel.descriptors();
        return complete(PipeEnds{table.open(std::move(reader)), table.open(std::move(writer))});
    }
};

}  // namespace yos
