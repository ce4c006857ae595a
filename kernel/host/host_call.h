#pragma once

// How the kernel calls the host and takes its answers, for the files that are the host's.

#include "kernel/files/file.h"

#include <cerrno>
#include <sys/types.h>
#include <system_error>

namespace yos {

inline bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK;
}

inline IoResult failure_of_host() {
    return IoResult::failed(static_cast<std::errc>(errno));
}

inline IoResult result_of_host(ssize_t bytes) {
    return bytes >= 0 ? IoResult{static_cast<std::size_t>(bytes)} : failure_of_host();
}

/// For calls that fail only when something is amiss. Throws std::system_error that names `call`.
inline int checked(int result, const char* call) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), call);
    }
    return result;
}

/// Repeats `call` when a signal interrupted it.
template <class Call>
auto retried(Call call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR) {
            return result;
        }
    }
}

}  // namespace yos
