#!/usr/bin/env bash
# Look for inputs that break a parser: each target of fuzz/, one after the other.
#   fuzz.sh [seconds for each (60)] [target ...]      BUILD=dir  build folder (build-fuzz)
# What is found is kept in fuzz/regression, where every test run tries it again.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
BUILD=${BUILD:-build-fuzz}

[ -f $BUILD/build.ninja ] || CC=clang meson setup $BUILD -Dfuzz=true \
    -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 > /dev/null

targets=("$@")
[ "$#" -gt 0 ] || mapfile -t targets < <(basename -a -s .c fuzz/fuzz_*.c | sed 's/^fuzz_//')
ninja -C $BUILD --quiet "${targets[@]/#/fuzz/fuzz_}"

# Inputs that reached something new are kept from run to run, outside of git.
run() {
    local name=$1 kept=$BUILD/corpus/$1 found=$BUILD/found/$1 dictionary=fuzz/dictionary/$1.dict
    local options=(-max_total_time="$seconds" -timeout=10 -print_final_stats=1 -verbosity=1
        -artifact_prefix="$found/")
    local folders=("$kept" fuzz/corpus/"$name")
    [ ! -f "$dictionary" ] || options+=(-dict="$dictionary")
    [ ! -d fuzz/regression/"$name" ] || folders+=(fuzz/regression/"$name")
    rm -rf "$found"
    mkdir -p "$kept" "$found"

    UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
        $BUILD/fuzz/fuzz_"$name" "${options[@]}" "${folders[@]}" > "$found.log" 2>&1
}

# "sum of executions, the last coverage" of a log
figures() {
    awk '/ cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
         /^stat::number_of_executed_units:/ { runs = $2 }
         /^stat::average_exec_per_sec:/ { rate = $2 }
         END { printf "%10d runs %7d/s %6d edges", runs, rate, cov }' "$1"
}

keep_findings() {
    local name=$1
    mkdir -p fuzz/regression/"$name"
    cp $BUILD/found/"$name"/* fuzz/regression/"$name"/ 2> /dev/null || true
    grep -m 3 -E 'Assertion|ERROR: |runtime error' "$BUILD/found/$name.log" || tail -n 3 "$BUILD/found/$name.log"
}

failed=0
for name in "${targets[@]}"; do
    result=ok
    run "$name" || result=FOUND
    printf '%-10s %s  %s\n' "$name" "$(figures "$BUILD/found/$name.log")" "$result"
    if [ $result = FOUND ]; then
        keep_findings "$name"
        failed=1
    fi
done

[ $failed -eq 0 ] || echo "The inputs are in fuzz/regression: mend the parser, and commit both." >&2
exit $failed
