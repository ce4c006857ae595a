#pragma once

// What is in a file, judged by its name.

#include <string_view>

namespace yos::http {

/// As in `text/html; charset=utf-8`; application/octet-stream when the name does not tell.
std::string_view content_type(std::string_view path);

}  // namespace yos::http
