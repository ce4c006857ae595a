# `cpack -G DEB`, in a build directory, makes a package for Debian of what `cmake --install` installs.
# It takes dpkg-shlibdeps, from dpkg-dev, to find out what the executable needs.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME yos)
set(CPACK_PACKAGE_CONTACT "the authors of yos <yos@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Tasks are coroutines that ask for everything by yielding system calls. The package
has the kernel with its shell and programs, as the command yos, and what it takes
to write system calls and programs of one's own, and to embed a kernel.")
# What programs of one's own are built and tested with.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "g++ (>= 4:12), cmake (>= 3.25), ninja-build, libfmt-dev, libspdlog-dev, liburing-dev, catch2")

include(CPack)
