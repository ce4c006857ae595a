#pragma once

// What this process has from the host's allocator: shows what is kept though nobody uses it.

#include "tasks/recycler.h"

#include <cstddef>

#ifdef YOS_ADDRESS_SANITIZER
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();  // not all have its header
#else
#include <malloc.h>
#endif

namespace yos {

/// Bytes allocated and not freed, by all threads.
inline std::size_t bytes_in_use() {
#ifdef YOS_ADDRESS_SANITIZER
    return __sanitizer_get_current_allocated_bytes();
#else
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

}  // namespace yos
