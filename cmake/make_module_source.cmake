# cmake -D VERSION=X.Y.Z -D "HEADERS=FILE;..." -D TEMPLATE=FILE -D OUTPUT=FILE -P make_module_source.cmake
#
# Writes OUTPUT, which is TEMPLATE with the version and a hash of the headers filled in.

cmake_minimum_required(VERSION 3.25)

set(hashes "")
foreach(header IN LISTS HEADERS)
    file(SHA256 "${header}" hash)
    string(APPEND hashes ${hash})
endforeach()
string(SHA256 HEADERS "${hashes}")
string(SUBSTRING ${HEADERS} 0 12 HEADERS)
configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
