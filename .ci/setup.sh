# shellcheck shell=bash
# What ./boot and ./check share: installing the packages that yos is built with, and building it.
# Needs the top of the tree in root. All that is printed here goes to stderr.

: "${root:?}"

say() {
    echo "yos: $*" >&2
}

die() {
    say "$@"
    exit 1
}

# Runs a command, and shows what it prints only if it fails.
quietly() {
    local output
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        return 1
    }
}

# Prints the packages that are missing, one a line. It looks for what they contain rather than ask
# the package manager, so that it works on any system, and wherever the things came from.
missing_packages() {
    command -v flock >/dev/null || echo util-linux
    command -v cmake >/dev/null || echo cmake
    command -v ninja >/dev/null || echo ninja-build
    if ! command -v g++ >/dev/null; then
        # Without a compiler to find the headers, take it that there are none.
        printf '%s\n' g++ libboost-dev catch2 libspdlog-dev libfmt-dev libcli11-dev \
            liburing-dev libre2-dev nlohmann-json3-dev libexpat1-dev
        return
    fi
    g++ -E -P -x c++ - <<'END'
#if !__has_include(<boost/asio.hpp>)
libboost-dev
#endif
#if !__has_include(<catch2/catch_all.hpp>) && !__has_include(<catch2/catch.hpp>)
catch2
#endif
#if !__has_include(<spdlog/spdlog.h>)
libspdlog-dev
#endif
#if !__has_include(<fmt/format.h>)
libfmt-dev
#endif
#if !__has_include(<CLI/CLI.hpp>)
libcli11-dev
#endif
#if !__has_include(<liburing.h>)
liburing-dev
#endif
#if !__has_include(<re2/re2.h>)
libre2-dev
#endif
#if !__has_include(<nlohmann/json.hpp>)
nlohmann-json3-dev
#endif
#if !__has_include(<expat.h>)
libexpat1-dev
#endif
END
}

# apt_get PACKAGES ARGUMENT...: runs apt-get as root on behalf of PACKAGES, for the complaints.
apt_get() {
    local packages=$1 sudo=()
    shift
    command -v apt-get >/dev/null ||
        die "please install what is missing (by its name in Debian): $packages"
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "please install what is missing, as root: apt-get install $packages"
        sudo=(sudo)
    fi
    say "apt-get $* ..."
    # The end of its complaints tells enough: without a network there is one for every package.
    quietly "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get --yes --option DPkg::Lock::Timeout=600 "$@" 2>&1 | tail -n 12 >&2 ||
        die "apt-get $1 failed, as shown above; these packages are missing: $packages"
}

# install_packages [PACKAGE...]
install_packages() {
    if (($# > 0)); then
        apt_get "$*" update
        apt_get "$*" install --no-install-recommends "$@"
    fi
}

# build PRESET COMPILER [TARGET...]: builds in build/PRESET, configuring it first if need be.
build() {
    local preset=$1 compiler
    compiler=$(command -v "$2")
    shift 2
    local directory=$root/build/$preset
    mkdir -p -- "$directory" 2>/dev/null || die "cannot make the directory $directory"
    [[ -w $directory ]] || die "cannot write to the directory $directory"
    (
        # One build at a time in one directory.
        flock --nonblock 9 || {
            say "waiting for another build of $preset ..."
            flock 9
        }
        configure "$preset" "$compiler" "$directory"
        run_ninja "$preset" "$directory" "$@"
    ) 9>"$directory/.lock"
}

# configure PRESET COMPILER DIRECTORY: runs CMake afresh, unless it has been run with just the same.
# That leaves out directories that somebody has configured otherwise, or moved here from elsewhere.
# It is ninja that runs CMake again when a CMakeLists.txt has changed.
configure() {
    local preset=$1 compiler=$2 directory=$3
    local inputs
    inputs="$preset of $root, $(cksum <"$root/CMakePresets.json"), $compiler, $(
        "$compiler" --version | sed -n 1p), $(cmake --version | sed -n 1p)"
    if [[ -e $directory/build.ninja ]] && grep --quiet --line-regexp --fixed-strings \
        -- "YOS_CONFIGURED_WITH:STRING=$inputs" "$directory/CMakeCache.txt" 2>/dev/null; then
        return
    fi

    say "configuring $preset ..."
    rm -f -- "$directory/build.ninja"
    quietly cmake --fresh -S "$root" --preset "$preset" --no-warn-unused-cli \
        -D CMAKE_CXX_COMPILER="$compiler" -D YOS_CONFIGURED_WITH:STRING="$inputs" ||
        die "configuring $preset failed, as shown above"
}

# run_ninja PRESET DIRECTORY [TARGET...]: prints one line if there is anything to build, which on a
# terminal counts the steps.
run_ninja() {
    local preset=$1 directory=$2
    shift 2
    local line output='' announced=false
    while IFS= read -r line; do
        output+=$line$'\n'
        if [[ $line != \[* || $line == *"Re-checking globbed directories"* ]]; then
            continue
        elif [[ -t 2 ]]; then
            printf '\r\e[Kyos: building %s ... %s' "$preset" "${line%% *}" >&2
        elif ! $announced; then
            say "building $preset ..."
        fi
        announced=true
    done < <(ninja -C "$directory" -j "$(nproc)" "$@" 2>&1)
    if [[ -t 2 ]] && $announced; then
        echo >&2
    fi
    wait $! || {
        printf '%s' "$output" >&2
        die "building $preset failed, as shown above"
    }
}
