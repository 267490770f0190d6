# shellcheck shell=bash
# The lean opponent, in a database of its own beside the product's, and processor time: for bench/run.sh.

lean_fill() {
    local database=(psql -q -X -v ON_ERROR_STOP=1 -h "$folder/data/postgres" -U postgres)
    "${database[@]}" -d postgres -c "CREATE DATABASE lean"
    "${database[@]}" -d lean -f bench/lean.sql
    [ "$BAGS" -eq 0 ] || "${database[@]}" -d lean -v bags="$BAGS" -f bench/lean_fill.sql
    lean_children=$((BAGS / 31 * 30))
}

# Ticks of the processor, in hundredths of a second, of a process and those of its children that are over.
ticks_of() {
    sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | awk '{ print $12 + $13 + $14 + $15 }'
}

# PostgreSQL's processor time so far: its first process, with the sessions that are over, and all others.
ticks_of_postgres() {
    local first child
    first=$(head -n 1 "$folder/data/postgres/postmaster.pid")
    for child in "$first" $(pgrep -P "$first"); do
        ticks_of "$child"
    done | awk '{ sum += $1 } END { print sum }'
}

# The private PostgreSQL is a child of the server, but one that is not over.
ticks_of_server() {
    ticks_of "$server"
}

# per_scan ticks scans: microseconds of the processor
per_scan() {
    awk -v ticks="$1" -v scans="$2" 'BEGIN { printf "%.1f", scans ? ticks * 10000 / scans : 0 }'
}

scans_by_lean() {
    local before
    settle
    next_first
    before=$(ticks_of_postgres)
    note lean_scans "$(run_pgbench lean lean_scan.pgbench 32 -D n=0 -D first="$first")"
    sleep 0.5 # until the sessions are over
    note lean_cpu "$(per_scan $(($(ticks_of_postgres) - before)) "$(transactions)")"
    note lean_scans_p99 "$(pgbench_p99)"
}

look_ups_by_lean() {
    [ "$lean_children" -gt 0 ] || return 0
    settle
    note lean_look_ups "$(run_pgbench lean lean_lookup.pgbench 16 -D children="$lean_children")"
}
