#!/usr/bin/env bash
# docs/BENCHMARKS.md, from what bench/run.sh found for 1.8 million bags and, if it was asked, for none and 18.
set -euo pipefail
cd "$(dirname "$0")"

base=results/1800000.txt
fresh=results/0.txt
large=results/18000000.txt
[ -f "$base" ] || base=$(find results -name "*.txt" ! -name "*-lists.txt" | head -n 1)

of() {
    sed -n "s/^$2=//p" "$1"
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'
}

thousands() {
    sed ':a; s/\B[0-9]\{3\}\>/,&/; ta' <<< "$1"
}

row() {
    echo "| $1 | $2 | $3 | $4 | $5 |"
}

# One line: what is measured, target, result, and whether it holds. held result comparison target
held() {
    awk -v a="$1" -v b="$3" -v how="$2" 'BEGIN { print (how == ">=" ? a >= b : a < b) ? "yes" : "no" }'
}

compare() {
    local what=$1 mine=$2 theirs=$3 target=$4
    local times
    times=$(ratio "$mine" "$theirs")
    row "$what" "$(thousands "$mine")" "$(thousands "$theirs")" "$times (at least $target)" \
        "$(held "$times" '>=' "$target")"
}

limit() {
    row "$1" "$2 $3" "" "below $4 $3" "$(held "$2" '<' "$4")"
}

limit_in_a_storm() {
    limit "a scan while 200 wrong passwords a second come in, 99 of 100 within" "$(of "$1" storm_scans_p99)" ms 50
    row "the same scans without them" "$(of "$1" calm_scans_p99) ms" "" "" ""
}

table() {
    local file=$1
    echo "| | TraceTrack | lean | ratio, or target | holds |"
    echo "|---|---|---|---|---|"
    compare "scans a second, 64 connections" "$(of "$file" http_scans_64)" "$(of "$file" lean_scans)" 1.3
    compare "scans a second, 256 connections" "$(of "$file" http_scans_256)" "$(of "$file" lean_scans)" 1.8
    [ -z "$(of "$file" http_look_ups)" ] ||
        compare "look-ups a second, 64 connections" "$(of "$file" http_look_ups)" "$(of "$file" lean_look_ups)" 1.0
    limit "a scan, 64 connections, 99 of 100 within" "$(of "$file" http_scans_64_p99)" ms 15
    limit "a scan, 256 connections, 99 of 100 within" "$(of "$file" http_scans_256_p99)" ms 30
    limit "the totals during that, 99 of 100 within" "$(of "$file" stats_p99)" ms 5
    [ -z "$(of "$file" storm_scans_p99)" ] || limit_in_a_storm "$file"
    [ -z "$(of "$file" lists_p99)" ] ||
        limit "the slowest of $(of "$file" lists_asked) lists, 32 connections, 99 of 100 within" "$(of "$file" lists_p99)" ms 50
    limit "the server's memory afterwards" "$(of "$file" resident_mb)" MB 64
}

# Microseconds of the processors for a scan: the server's, PostgreSQL's, and both against lean's PostgreSQL.
processor_row() {
    local file=$1 connections=$2 most=$3 server postgres lean share
    server=$(of "$file" "http_server_cpu_$connections")
    postgres=$(of "$file" "http_postgres_cpu_$connections")
    lean=$(of "$file" lean_cpu)
    share=$(awk -v a="$server" -v b="$postgres" -v c="$lean" 'BEGIN { printf "%.2f", (a + b) / c }')
    echo "| $(thousands "$(of "$file" bags)") | $connections | $server | $postgres | $lean | $share (at most $most)" \
        "| $(held "$most" '>=' "$share") | $(thousands "$(of "$file" http_scans_"$connections")")" \
        "| $(of "$file" "http_scans_${connections}_p99") ms |"
}

processor_table() {
    local file
    for file in "$fresh" "$base" "$large"; do
        [ -f "$file" ] && [ -n "$(of "$file" lean_cpu)" ] || continue
        processor_row "$file" 64 0.50
        processor_row "$file" 256 0.42
    done
}

# A new database, before and after autovacuum has passed over it.
young() {
    [ -f "$fresh" ] && [ -n "$(of "$fresh" vacuumed_scans)" ] || return 0
    echo
    echo "In the first two seconds of a database that was vacuumed while it was empty: $(thousands "$(of "$fresh" vacuumed_scans)") scans a second,"
    echo "$(ratio "$(of "$fresh" vacuumed_scans)" "$(of "$fresh" http_scans_64)") times as many as later on."
}

loss() {
    awk -v a="$(of "$base" "$1")" -v b="$(of "$large" "$1")" 'BEGIN { printf "%.0f", (1 - b / a) * 100 }'
}

loss_row() {
    echo "| $1 | $(thousands "$(of "$base" "$2")") | $(thousands "$(of "$large" "$2")") | $(loss "$2") % | $(held "$(loss "$2")" '<' 15) |"
}

cat << PAGE
# Benchmarks

<!-- Written by \`make bench\` (bench/report.sh). -->

Measured on $(of "$base" date): $(of "$base" processor), $(of "$base" processors) processors, $(of "$base" memory_gb) GB, $(of "$base" kernel), PostgreSQL $(of "$base" postgresql). The load
generator, the server and PostgreSQL share these processors, over loopback and a Unix socket. The
load average before the run was $(of "$base" load): other programs took part of the time.

## $(thousands "$(of "$base" bags)") bags

$(table "$base")

The data, a made-up year, took $(of "$base" fill_seconds) seconds to fill in (\`tracetrack demo\`).
PAGE

cat << PAGE

## What a scan costs

Microseconds of the processors, the load generator apart. Throughput swings with whatever else runs on two
shared processors; this does so less, and most of what is left goes into both sides alike.

| bags | connections | server | PostgreSQL | lean's PostgreSQL | both, as a share of lean's | holds | scans a second | 99 of 100 within |
|---|---|---|---|---|---|---|---|---|
$(processor_table)
$(young)
PAGE

if [ -f "$large" ] && [ "$base" != "$large" ]; then
    cat << PAGE

## Ten times the bags

| | $(thousands "$(of "$base" bags)") bags | $(thousands "$(of "$large" bags)") bags | lost | below 15 % |
|---|---|---|---|---|
$(loss_row "scans a second, 64 connections" http_scans_64)
$(loss_row "scans a second, 256 connections" http_scans_256)
$(loss_row "look-ups a second, 64 connections" http_look_ups)
PAGE
fi

lists=${base%.txt}-lists.txt
if [ -f "$lists" ]; then
    cat << PAGE

## Lists

Every filter of every list, alone and beside each other one: each of 32 connections goes through the pages, from the
first one again at the end. The ten slowest:

| | median | 99 of 100 within |
|---|---|---|
$(sort -k 3 -g -r "$lists" | head -n 10 | awk '{ print "| `" $1 "` | " $2 " ms | " $3 " ms |" }')
PAGE
fi

cat << 'PAGE'

## How

Both sides use the same private cluster, each with a database of its own, with the settings of production:
`fsync`, `full_page_writes`, `synchronous_commit` and checksums are on. Every number is the median of
several rounds. The sides take turns, each after a checkpoint and a pause; `bench/results/` has the
number and the length of the rounds. Afterwards every total must agree with a recount (`tracetrack
sync-check`).

- **Scans.** *Lean* is packing as an expert writes it without lanes: one call of a stored function and one
  transaction a scan, over only the tables, columns and indexes that this takes (`bench/lean.sql`), by
  pgbench with 32 clients and prepared statements. Each client has its own parents and its own row of
  the totals, so none waits for another. TraceTrack gets the same scans by `POST /api/scans`, one per
  request, including HTTP, JSON, session, CSRF and permission; each is answered after its commit.
  `bench/scan.pgbench` sends one statement after the other to TraceTrack's own tables instead.
- **Fresh.** `BAGS=0 make bench`: a new cluster for each round, which nobody has analysed.
- **Look-ups.** pgbench, with 16 clients, finds a random child by its code and its parent's code with it
  (lean again, prepared); TraceTrack answers `GET /api/bag/{qr}` with all that is known of the bag.
- **The totals.** `GET /api/stats`, 20 times a second, while the scans run at 64 connections. The
  time that a request waits for its turn is included.
- **The storm.** 500 scans a second over 64 connections, first alone, then while 200 people a second
  sign in with a wrong password, each with a name and an address of their own. Hashing passwords has
  threads and a queue of its own; if the queue is full, the answer is 503 with `Retry-After`.

`bench/storm` sends the requests, checks every answer, and stops with an error at a wrong one.
PAGE
