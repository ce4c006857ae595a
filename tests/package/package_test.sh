# shellcheck shell=bash
# package_test.sh FUNCTION: tests yos as those see it who have only the installed package, by one of
# the functions below that are named in CMakeLists.txt. From there come:
#     SOURCE, BUILD   where yos's sources are, and where it was built
#     CMAKE, CPACK, CXX  what to build with, in the way that yos was built
#     GUIDE           where the code of the guide to system calls was extracted to
#     FLAGS           the compiler's flags that go with it
set -euo pipefail

: "${SOURCE:?}" "${BUILD:?}" "${GUIDE:?}" "${CMAKE:?}" "${CPACK:?}" "${CXX:?}" "${FLAGS?}"
here=$(dirname -- "$(realpath -- "${BASH_SOURCE[0]}")")
package=$BUILD/package_test/package
scratch=$BUILD/package_test/$1

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

yos() {
    "$package/bin/yos" "$@"
}

# expect TEXT COMMAND...: what the command prints must contain TEXT, and it must not crash.
expect() {
    local text=$1 output status=0
    shift
    output=$("$@" 2>&1) || status=$?
    printf '%s\n' "$output"
    [[ $output == *"$text"* ]] || fail "\"$text\" did not come"
    if ((status > 127)) || [[ $output == *"ERROR: "* ]]; then
        fail "it crashed, with status $status"
    fi
}

# build_project DIRECTORY [FLAGS [TARGET]]: builds with nothing of yos but the package in sight.
build_project() {
    "$CMAKE" -S "$1" -B "$1/build" -G Ninja -D CMAKE_PREFIX_PATH="$package" \
        -D CMAKE_CXX_COMPILER="$CXX" -D CMAKE_CXX_FLAGS="${2-$FLAGS}"
    "$CMAKE" --build "$1/build" --target "${3-all}"
    if ninja -C "$1/build" -t deps | grep -F "$SOURCE" | grep -vF "$BUILD/package_test"; then
        fail "it uses what is not in the package"
    fi
}

# lives_in_a_kernel PROJECT NAME RUNNING: the module NAME of a project, whose program of the same name runs for a while
# when it is started as RUNNING, is loaded, used and unloaded.
lives_in_a_kernel() {
    local name=$2 running=$3 file=$scratch/$1/build/lib$2.so
    expect "$name: $name" yos -c "load $file; help $name"
    expect " $name" yos -c "load $file; $running & true; ps"
    expect "unload: $name is in use by task 3 ($name)" \
        yos -c "load $file; $running & true; unload $name"
    expect "sh: no program \"$name\"" \
        yos --virtual-time -c "load $file; $running; unload $name; $name"
}

installs() {
    rm -rf -- "$package"
    "$CMAKE" --install "$BUILD" --prefix "$scratch/somewhere" >/dev/null
    if grep -rlF "$SOURCE" "$scratch/somewhere"; then
        fail "these files name a directory of the machine that built them"
    fi
    mv -- "$scratch/somewhere" "$package"
    expect fine yos -c 'echo fine'
}

new_syscall() {
    expect "meet/meet.h" yos new syscall meet
    build_project meet
    ctest --test-dir meet/build --output-on-failure --no-tests=error
    lives_in_a_kernel meet meet "meet 2"
    expect "Meet(2 missing)" yos -c "load meet/build/libmeet.so; meet 2 & true; ps"
    expect "the host has waited for 2" \
        yos --virtual-time -c "load meet/build/libmeet.so; meet 2"
}

new_program() {
    expect "greet/greet.cpp" yos new program greet
    build_project greet
    ctest --test-dir greet/build --output-on-failure --no-tests=error
    lives_in_a_kernel greet greet greet
    expect "hello you, for the 1. time" \
        yos --virtual-time -c "load greet/build/libgreet.so; greet you -n 1"
}

refusals() {
    mkdir mine
    expect "there is a mine here already: nothing was written" yos new program mine
    [[ -z $(ls mine) ]] || fail "something was written"
    local name
    for name in Mine 9mine mine_ my__mine mine/mine ../mine "" test yos echo; do
        expect "new: " yos new program "$name"
        [[ $(ls) == mine ]] || fail "something was written"
    done
    expect "\"thing\" is neither program nor syscall" yos new thing mine2
    expect "usage: new [--help] KIND NAME" yos new
}

foreign_files() {
    yos new program guest >/dev/null
    build_project guest "$FLAGS" guest
    local file=guest/build/libguest.so

    # One byte of the version that it was built for.
    sed 's/yos-module [0-9]/yos-module 9/' "$file" >libchanged.so
    expect "was built for yos 9." yos -c "load libchanged.so; echo fine"
    expect "fine" yos -c "load libchanged.so; echo fine"

    head -c 10000 "$file" >libcut.so
    expect "libcut.so is not complete" yos -c "load libcut.so; echo fine"

    expect "is no yos module" yos -c "load guest/guest.cpp"

    mkdir other
    cp -r guest/*.* other
    build_project other "-fsanitize=address" guest
    expect "build it again" yos -c "load other/build/libguest.so; echo fine"
    expect "hello world" yos -c "load $file; guest -n 1"
}

guide() {
    cp -r "$GUIDE" guide
    cat >guide/CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(guide LANGUAGES CXX)
find_package(yos REQUIRED)
include_directories(BEFORE .)
yos_add_module(race programs/race.cpp)
yos_add_manual(race syscalls/latch.h)
enable_testing()
yos_add_test(latch_test programs/race.cpp tests/latch_test.cpp)
END
    build_project guide
    ctest --test-dir guide/build --output-on-failure --no-tests=error
    lives_in_a_kernel guide race "race 1"
    expect "counts a latch down by one" yos -c "load guide/build/librace.so; man CountDown"
    expect "AwaitLatch(3 to go)" yos -c "load guide/build/librace.so; race & true; ps"
}

examples() {
    cp -r "$here/examples" .
    build_project examples
    expect "job 6 at 400 ms" yos --virtual-time -c "load examples/build/liblimit.so; limit"
    expect "no oftener than a limit allows" yos -c "load examples/build/liblimit.so; man Pace"
    expect "EOVERFLOW" yos -c "load examples/build/libnews.so; man Hear"
    expect "bob hears: it pours" yos --virtual-time -c "load examples/build/libnews.so; news"
    expect "number 42
bytes
nothing for 50 ms" yos --virtual-time -c "load examples/build/libwhatever.so; whatever"
    expect "Hear()" yos -c "load examples/build/libnews.so; news & true; ps"
    expect "Select(Receive(), " \
        yos -c "load examples/build/libwhatever.so; whatever & true; ps"
}

embeds_by_cmake() {
    cp -r "$here/embedding" .
    (cd embedding && yos new program guest)
    build_project embedding
    expect "3 ticks, and it is 30ms" embedding/build/embedding
    expect "hello world, for the 3. time" embedding/build/loading embedding/build/libguest.so guest
}

embeds_by_pkg_config() {
    command -v pkg-config >/dev/null || exit 77
    export PKG_CONFIG_PATH=$package/lib/pkgconfig
    local flags libraries
    read -ra flags <<<"$FLAGS $(pkg-config --cflags yos)"
    read -ra libraries <<<"$(pkg-config --libs yos)"
    "$CXX" "${flags[@]}" "$here/embedding/embedding.cpp" "${libraries[@]}" -o embedding
    expect "3 ticks, and it is 30ms" ./embedding

    yos new program by_hand
    "$CXX" "${flags[@]}" -shared -fPIC by_hand/by_hand.cpp \
        "$(pkg-config --variable=module_source yos)" -o libby_hand.so
    expect "status 0" yos -c "load libby_hand.so; by-hand -n 1; unload by_hand; echo status \$?"
}

# says_of DIRECTORY-OPTION HEADER...: prints what the compiler says of a file that includes them.
says_of() {
    local option=$1
    shift
    # shellcheck disable=SC2086  # several flags
    printf '#include "%s"\n' "$@" |
        "$CXX" $FLAGS -std=c++20 "$option" "$package/include/yos" -fsyntax-only -x c++ - 2>&1
}

old_headers() {
    local old moved=() gone=()
    while IFS= read -r old; do
        if grep -q '#error' "$BUILD/old_headers/$old"; then
            gone+=("$old")
        else
            moved+=("$old")
        fi
    done < <(cd "$BUILD/old_headers" && find . -name '*.h' -printf '%P\n')
    says_of -I "${moved[@]}" >said || {
        cat said
        fail "an old header does not compile"
    }
    for old in "${moved[@]}"; do
        grep -qF "$old is " said || fail "$old says nothing"
    done
    expect "kernel/file.h is kernel/files/file.h now" says_of -I kernel/file.h
    for old in "${gone[@]}"; do
        expect "$old is no longer installed" says_of -isystem "$old"
    done
}

debian() {
    if ! command -v dpkg-shlibdeps >/dev/null; then
        exit 77
    fi
    "$CPACK" -G DEB --config "$BUILD/CPackConfig.cmake" -B . >/dev/null
    local file=(*.deb)
    expect "libspdlog" dpkg-deb --field "${file[0]}" Depends
    dpkg-deb --extract "${file[0]}" .
    expect fine usr/bin/yos -c 'echo fine'
    expect "After Unix: dmesg" cat usr/share/doc/yos/syscalls/REFERENCE.md
    expect "Your first system call" cat usr/share/doc/yos/README.md
    expect "*latch*" cat usr/share/doc/yos/syscalls/README.md
}

rm -rf -- "$scratch"
mkdir -p -- "$scratch"
cd -- "$scratch"
"$1"
