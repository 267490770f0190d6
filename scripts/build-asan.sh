#!/usr/bin/env bash
# The server and its tests with clang, AddressSanitizer and UndefinedBehaviorSanitizer, in build-asan.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -f build-asan/build.ninja ] || CC=clang meson setup build-asan \
    -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 > /dev/null
ninja -C build-asan --quiet
