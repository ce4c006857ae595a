#pragma once

// The part of a file that a request asks for: `Range: bytes=0-499`.

#include <cstdint>
#include <string_view>

namespace yos::http {

struct Range {
    enum class Kind { whole, part, beyond };

    Kind kind = Kind::whole;
    std::uint64_t first = 0;  ///< in bytes, from 0
    std::uint64_t size = 0;   ///< in bytes
};

/// What the value of a Range field means for a file of `size` bytes. The whole file when it asks
/// for several parts, or for something that nobody understands: a server may do that.
Range parse_range(std::string_view value, std::uint64_t size);

}  // namespace yos::http
