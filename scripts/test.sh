#!/usr/bin/env bash
# Run the tests: all kinds, or those named. Stops at the first kind that fails.
#   test.sh [kind ...]      ROUNDS=n  rounds of the fault tests
set -Eeuo pipefail
cd "$(dirname "$0")/.."
trap 'echo "== ${kind:-test} failed" >&2' ERR
. scripts/lib/postgres.sh

# kind        what it needs and runs
steps=(
    "build    build_release"
    "unit     run_unit"
    "db       run_db"
    "web      run_web"
    "api      run_typescript_twice tests/api"
    "browser  run_typescript_twice tests/browser"
    "fault    run_typescript build tests/fault"
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
    meson_test build db
    meson_test build-asan db
}

run_web() {
    (cd web && npm run --silent check && npm run --silent test)
}

run_typescript_twice() {
    build_sanitized
    run_typescript build "$1"
    run_typescript build-asan "$1"
}

# Each file is bundled, so that Node 18 runs it and it can use the screens' own client. Packages stay
# outside, and are found from there.
run_typescript() {
    local build=$1 folder=$2 out=web/node_modules/.$2
    compgen -G "$folder/*.test.ts" > /dev/null || { echo "no tests in $folder"; return 0; }
    rm -rf "$out"
    web/node_modules/.bin/esbuild "$folder"/*.test.ts --bundle --platform=node --format=esm \
        --target=node18 --packages=external --out-extension:.js=.mjs --outdir="$out" \
        --log-level=warning
    echo "-- $folder with $build/tracetrack"
    TRACETRACK=$PWD/$build/tracetrack node --test --test-reporter=spec "$out"/*.test.mjs
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
