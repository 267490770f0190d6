#!/usr/bin/env bash
# Run the tests: all kinds, or those named. Stops at the first kind that fails.
#   test.sh [kind ...]      ROUNDS=n    rounds of the fault tests
#                           PICTURES=1  of every screen, by `browser`, in build/screenshots
set -Eeuo pipefail
cd "$(dirname "$0")/.."
trap 'echo "== ${kind:-test} failed" >&2' ERR
. scripts/lib/postgres.sh
. scripts/lib/typescript.sh
. scripts/lib/node.sh

# kind        what it needs and runs
steps=(
    "build    build_release"
    "unit     run_unit"
    "db       run_db"
    "web      run_web"
    "api      run_typescript_twice tests/api"
    "browser  run_typescript_twice tests/browser"
    "fault    run_typescript tests/fault"
)

# The release build is gcc's and the sanitized one clang's: both compilers see every line.
build_release() {
    scripts/build.sh
}

build_sanitized() {
    scripts/build-asan.sh
}

run_unit() {
    build_sanitized
    meson_test build unit
    meson_test build-asan unit
}

run_db() {
    build_sanitized
    throwaway_postgres
    with_both meson_test_db
}

meson_test_db() {
    meson_test "$1" db
}

# with_both command argument...: command <build> argument... for the plain and the sanitized build, side
# by side: tests wait more than they compute. What the plain one prints comes after the other's.
with_both() {
    local command=$1 log plain status=0
    shift
    log=$(mktemp)
    "$command" build "$@" > "$log" 2>&1 &
    plain=$!
    "$command" build-asan "$@" || status=$?
    wait "$plain" || status=$?
    cat "$log"
    rm "$log"
    return "$status"
}

run_web() {
    (cd web && npm run --silent check && npm run --silent test)
}

run_typescript_twice() {
    build_sanitized
    bundle "$1"
    with_both run_bundled "$1"
}

run_typescript() {
    bundle "$1"
    run_bundled build "$1"
}

# meson's own summary counts programs; the lines that say what failed come with --print-errorlogs.
meson_test() {
    local build=$1 suite=$2
    ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
        meson test -C "$build" --no-rebuild --suite "$suite" --print-errorlogs
}

wanted() {
    [ "$#" -eq 1 ] && return 0
    local kind=$1
    shift
    printf '%s\n' build "$@" | grep -qx -- "$kind"
}

for step in "${steps[@]}"; do
    read -r kind run <<< "$step"
    wanted "$kind" "$@" || continue
    echo "== $kind"
    started=$SECONDS
    $run
    echo "== $kind: $((SECONDS - started)) s"
done
echo "All tests passed."
