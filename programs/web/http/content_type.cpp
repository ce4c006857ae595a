#include "programs/web/http/content_type.h"

#include "programs/web/http/message.h"

#include <algorithm>
#include <array>

namespace yos::http {

std::string_view content_type(std::string_view path) {
    struct Known {
        std::string_view extension;
        std::string_view type;
    };
    static constexpr std::array types = {
        Known{"css", "text/css; charset=utf-8"},
        Known{"csv", "text/csv; charset=utf-8"},
        Known{"gif", "image/gif"},
        Known{"gz", "application/gzip"},
        Known{"htm", "text/html; charset=utf-8"},
        Known{"html", "text/html; charset=utf-8"},
        Known{"ico", "image/x-icon"},
        Known{"jpeg", "image/jpeg"},
        Known{"jpg", "image/jpeg"},
        Known{"js", "text/javascript; charset=utf-8"},
        Known{"json", "application/json"},
        Known{"md", "text/markdown; charset=utf-8"},
        Known{"mjs", "text/javascript; charset=utf-8"},
        Known{"mp3", "audio/mpeg"},
        Known{"mp4", "video/mp4"},
        Known{"pdf", "application/pdf"},
        Known{"png", "image/png"},
        Known{"svg", "image/svg+xml"},
        Known{"tar", "application/x-tar"},
        Known{"txt", "text/plain; charset=utf-8"},
        Known{"wasm", "application/wasm"},
        Known{"webm", "video/webm"},
        Known{"webp", "image/webp"},
        Known{"woff2", "font/woff2"},
        Known{"xml", "application/xml"},
        Known{"zip", "application/zip"},
    };
    const auto dot = path.find_last_of("./");
    if (dot != std::string_view::npos && path[dot] == '.') {
        const std::string_view extension = path.substr(dot + 1);
        const auto* const found = std::find_if(types.begin(), types.end(), [&](const Known& known) {
            return same_name(known.extension, extension);
        });
        if (found != types.end()) {
            return found->type;
        }
    }
    return "application/octet-stream";
}

}  // namespace yos::http
