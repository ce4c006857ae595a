# cmake -D DIRECTORY=DIR -D "FILES=KIND/PATH.in;..." -D OUTPUT=FILE -P embed_templates.cmake
#
# Writes OUTPUT, which defines what programs/new/templates.h declares: each of FILES, in DIRECTORY.

cmake_minimum_required(VERSION 3.25)

set(entries "")
foreach(file IN LISTS FILES)
    file(READ "${DIRECTORY}/${file}" text)
    string(REGEX MATCH "^([a-z]+)/(.+)\\.in$" matched "${file}")
    string(APPEND entries
        "    {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\", R\"___(${text})___\"},\n")
endforeach()

file(WRITE "${OUTPUT}"
"#include \"programs/new/templates.h\"

namespace yos {
namespace {

constexpr Template all[] = {
${entries}};

}  // namespace

const std::span<const Template> templates = all;

}  // namespace yos
")
