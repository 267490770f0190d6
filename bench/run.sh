#!/usr/bin/env bash
# Measure scans and look-ups over HTTP against the same done by pgbench, in one cluster.
#   BAGS=1800000 SECONDS_EACH=8 ROUNDS=3 bench/run.sh [phase ...]
# Makes a private cluster in a temporary folder, with the product's own settings (durable, all of
# them), fills it, measures, and throws it away. BAGS=0 measures scans alone, each round in a new
# cluster that nobody has analysed. Writes results/<bags>.txt and docs/BENCHMARKS.md, or just says what
# it found when phases are named.
set -euo pipefail
cd "$(dirname "$0")/.."

BAGS=${BAGS:-1800000}
SECONDS_EACH=${SECONDS_EACH:-8}
ROUNDS=${ROUNDS:-3}
BUILD=${BUILD:-build}
tracetrack=$(realpath "$BUILD/tracetrack")
storm=$(realpath "$BUILD/bench/storm")
results=bench/results/$BAGS.txt
password="a long phrase for the bench"
phases=(scans_by_lean "scans_by_http 64" "scans_by_http 256" scans_by_pgbench look_ups_by_lean look_ups_by_http
    scans_in_a_storm lists_by_http)
[ "$BAGS" -gt 0 ] || phases=(scans_after_vacuum scans_by_lean "scans_by_http 64" "scans_by_http 256")
[ "$#" -eq 0 ] || phases=("$@")
user=biller.amrita
[ "$BAGS" -gt 0 ] || user=biller1
server=

lists_done=
fill_seconds=0
. bench/lists.sh
. bench/lean.sh

folder=$(mktemp -d "${TMPDIR:-/tmp}/tracetrack-bench.XXXXXX")

stop_server() {
    if [ -n "$server" ] && kill "$server" 2> /dev/null; then
        wait "$server" || true
    fi
    server=
}

end() {
    stop_server
    rm -rf "$folder"
}
trap end EXIT

say() {
    echo "== $*" >&2
}

fill() {
    [ "$BAGS" -gt 0 ] || return 0
    say "filling with $BAGS bags"
    local started=$SECONDS
    "$tracetrack" demo --data "$folder/data" --bags "$BAGS" --password "$password" \
        > "$folder/demo.txt" 2> "$folder/demo.log" || { cat "$folder/demo.log"; exit 1; }
    fill_seconds=$((SECONDS - started))
    grep -m 1 parents, "$folder/demo.txt" >&2
}

start_server() {
    RATE_LIMITS=off LOG_LEVEL=warning ENVIRONMENT=test CREATE_TEST_USERS=on BILLER_PASSWORD=$password \
        "$tracetrack" serve --data "$folder/data" \
        --listen 127.0.0.1:0 --proxies 1 --session-idle-seconds 86400 --session-absolute-seconds 86400 \
        > "$folder/serve.txt" 2> "$folder/serve.log" &
    server=$!
    port=
    for _ in $(seq 100); do
        port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$folder/serve.txt" | head -n 1)
        [ -z "$port" ] || break
        sleep 0.1
    done
    [ -n "$port" ] || { cat "$folder/serve.log"; exit 1; }

    "$storm" sign-in --port "$port" --user "$user" --password "$password" > "$folder/pass"
    pass=(--port "$port" --cookie "$(sed -n 1p "$folder/pass")" --csrf "$(sed -n 2p "$folder/pass")")
}

sql() {
    psql -h "$folder/data/postgres" -U postgres -d tracetrack -X -A -t -c "$1"
}

# What one phase leaves to be written must not weigh on the next.
settle() {
    sql CHECKPOINT > /dev/null
    sleep 2
}

# Codes that nobody has used: every phase begins where none before has been.
next_first() {
    first=$((first + 400000000))
}

# run_pgbench database file clients option... : transactions a second
run_pgbench() {
    local database=$1 file=$2 clients=$3
    shift 3
    rm -f "$folder"/log.*
    PGOPTIONS="-c plan_cache_mode=force_generic_plan" pgbench -n -M prepared -c "$clients" -j 2 \
        -T "$SECONDS_EACH" -f "bench/$file" -h "$folder/data/postgres" -U postgres "$@" \
        -l --sampling-rate=0.05 --log-prefix="$folder/log" \
        "$database" > "$folder/pgbench.txt" 2>&1 || { cat "$folder/pgbench.txt" >&2; exit 1; }
    sed -n 's/^tps = \([0-9]*\).*/\1/p' "$folder/pgbench.txt"
}

transactions() {
    sed -n 's/^number of transactions actually processed: \([0-9]*\).*/\1/p' "$folder/pgbench.txt"
}

# Of one transaction in twenty.
pgbench_p99() {
    cat "$folder"/log.* | awk '{ print $3 }' | sort -n | awk '{ v[NR] = $1 }
        END { printf "%.2f", v[int(NR * 0.99)] / 1000 }'
}

# value name < line: of "name=value name=value"
value() {
    grep -o "\\b$1=[^ ]*" | cut -d = -f 2
}

note() {
    echo "$1=$2" >> "$folder/figures"
    say "$1 $2"
}

scans_by_pgbench() {
    settle
    next_first
    note pgbench_scans "$(run_pgbench tracetrack scan.pgbench 32 -D n=0 -D first="$first" -D org=1 -D user_id="$user_id")"
}

# At 64 connections somebody looks at the figures as well, twenty times a second.
scans_by_http() {
    local connections=$1 line looker='' right server_before postgres_before
    settle
    next_first
    server_before=$(ticks_of_server)
    postgres_before=$(ticks_of_postgres)
    if [ "$connections" -eq 64 ]; then
        "$storm" stats "${pass[@]}" --connections 4 --rate 20 --seconds "$SECONDS_EACH" \
            > "$folder/stats.txt" &
        looker=$!
    fi
    line=$("$storm" scans "${pass[@]}" --connections "$connections" --seconds "$SECONDS_EACH" --first "$first")
    note "http_scans_$connections" "$(value rate <<< "$line")"
    note "http_scans_${connections}_p99" "$(value p99_ms <<< "$line")"
    right=$(value right <<< "$line")
    note "http_server_cpu_$connections" "$(per_scan $(($(ticks_of_server) - server_before)) "$right")"
    note "http_postgres_cpu_$connections" "$(per_scan $(($(ticks_of_postgres) - postgres_before)) "$right")"
    [ -n "$looker" ] || return 0
    wait "$looker"
    note stats_p99 "$(value p99_ms < "$folder/stats.txt")"
}

# The first two seconds of a database that autovacuum has passed over while it was empty.
scans_after_vacuum() {
    local line
    renew
    sql "VACUUM" > /dev/null
    next_first
    line=$("$storm" scans "${pass[@]}" --connections 64 --seconds 2 --first "$first")
    note vacuumed_scans "$(value rate <<< "$line")"
    note vacuumed_scans_p99 "$(value p99_ms <<< "$line")"
    renew
}

look_ups_by_http() {
    local line
    settle
    line=$("$storm" look-ups "${pass[@]}" --connections 64 --seconds "$SECONDS_EACH" \
        --codes ":8:1:$children" --codes "SB:5:0:$((parents - 1))")
    note http_look_ups "$(value rate <<< "$line")"
    note http_look_ups_p99 "$(value p99_ms <<< "$line")"
}

# paced_scans name : 500 a second, whatever the server could do
paced_scans() {
    local line
    settle
    next_first
    line=$("$storm" scans "${pass[@]}" --connections 64 --rate 500 --seconds "$SECONDS_EACH" --first "$first")
    note "$1_p50" "$(value p50_ms <<< "$line")"
    note "$1_p99" "$(value p99_ms <<< "$line")"
}

# The same scans, and 200 wrong passwords a second besides. Sign-ins are limited as in production
# (rate_limits doesn't touch them); the storm comes from many addresses, for many names, or
# nearly all of it would be turned away for nothing.
scans_in_a_storm() {
    local guesser
    paced_scans calm_scans
    next_first
    "$storm" sign-ins "${pass[@]}" --connections 256 --rate 200 --seconds "$((SECONDS_EACH + 5))" \
        --first "$first" > "$folder/sign-ins.txt" &
    guesser=$!
    paced_scans storm_scans
    wait "$guesser"
    note sign_ins_hashed "$(value answered < "$folder/sign-ins.txt")"
    note sign_ins_refused "$(value refused < "$folder/sign-ins.txt")"
}

median() {
    sed -n "s/^$1=//p" "$folder/figures" | sort -g | awk '
        { v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

prepare() {
    lean_fill
    user_id=$(sql "SELECT id FROM users WHERE username = '$user'")
    children=$(sql "SELECT COALESCE(max(code)::bigint, 0) FROM bag WHERE kind = 'child'")
    parents=$(sql "SELECT count(*) FROM bag WHERE kind = 'parent' AND code LIKE 'SB%'")
    first=1000000000
}

# An empty cluster, in place of the one that was measured.
renew() {
    check_books
    stop_server
    rm -rf "$folder/data"
    start_server
    prepare
}

check_books() {
    "$tracetrack" sync-check --database "host=$folder/data/postgres user=tracetrack dbname=tracetrack" \
        2> /dev/null
}

measure() {
    for round in $(seq "$ROUNDS"); do
        say "round $round of $ROUNDS"
        [ "$BAGS" -gt 0 ] || [ "$round" -eq 1 ] || renew
        for phase in "${phases[@]}"; do
            $phase
        done
    done
    note resident_mb "$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server/status")"
}

write_results() {
    mkdir -p bench/results
    {
        echo "bags=$BAGS"
        echo "rounds=$ROUNDS"
        echo "seconds_each=$SECONDS_EACH"
        echo "fill_seconds=$fill_seconds"
        echo "load=$load"
        echo "date=$(date -u +%Y-%m-%d)"
        echo "processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
        echo "processors=$(nproc)"
        echo "memory_gb=$(awk '/^MemTotal/ { print int($2 / 1024 / 1024 + 0.5) }' /proc/meminfo)"
        echo "kernel=$(uname -s) $(uname -r | cut -d . -f 1,2)"
        echo "postgresql=$(sql 'SHOW server_version' | cut -d ' ' -f 1)"
        cut -d = -f 1 "$folder/figures" | sort -u | while read -r name; do
            echo "$name=$(median "$name")"
        done
    } > "$results"
}

# Other work on the machine takes its share from both sides; who reads the figures should know.
load=$(cut -d ' ' -f 1 /proc/loadavg)
fill
start_server
prepare
measure
check_books
[ "$#" -eq 0 ] || exit 0
write_results
bench/report.sh | tee docs/BENCHMARKS.md
