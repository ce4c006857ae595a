# cmake -D NAME=NAME -D DIRECTORY=DIR -D "FILES=PATH;..." -D OUTPUT=FILE -P embed_files.cmake
#
# Writes OUTPUT, which defines `extern const std::span<const yos::EmbeddedFile> yos::NAME`: each of
# FILES, in DIRECTORY, in their order.

cmake_minimum_required(VERSION 3.25)

set(entries "")
foreach(file IN LISTS FILES)
    file(READ "${DIRECTORY}/${file}" text)
    string(APPEND entries "    {\"${file}\", R\"___(${text})___\"},\n")
endforeach()

file(WRITE "${OUTPUT}"
"#include \"programs/lib/embedded_file.h\"

#include <span>

namespace yos {
namespace {

constexpr EmbeddedFile all[] = {
${entries}};

}  // namespace

extern const std::span<const EmbeddedFile> ${NAME};
const std::span<const EmbeddedFile> ${NAME} = all;

}  // namespace yos
")
