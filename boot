#!/usr/bin/env bash
# Boots yos: ./boot ARGUMENT... installs the packages that are missing, brings build/release up to
# date, and becomes the kernel, with the arguments. With nothing to do first, it prints nothing.
set -euo pipefail

root=$(dirname -- "$(realpath -- "${BASH_SOURCE[0]}")")
# shellcheck source=.ci/setup.sh
source "$root/.ci/setup.sh"

# Standard input and output are the kernel's: nothing that comes before it may touch them.
{
    mapfile -t packages < <(missing_packages)
    install_packages "${packages[@]}"
    build release g++ yos
} </dev/null >&2

exec "$root/build/release/yos" "$@"
