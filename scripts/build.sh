#!/usr/bin/env bash
# Build the screens and the server. Does nothing, quickly, when nothing has changed.
#   BUILD=dir   build folder (build)      CC=clang   compiler, when the folder is new
#   build.sh [meson options for a new build folder]
set -euo pipefail
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
. scripts/lib/writable.sh

check_writable
scripts/build-web.sh

if [ ! -f "$BUILD/build.ninja" ]; then
    meson setup "$BUILD" "$@" > "$BUILD.log" || { cat "$BUILD.log"; exit 1; }
    mv "$BUILD.log" "$BUILD/setup.log"
fi
ninja -C "$BUILD" --quiet
