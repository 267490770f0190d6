#!/usr/bin/env bash
# What is public and used by its own file alone: it wants to be static.
#   globals.sh BUILD
set -euo pipefail
cd "$1"

mapfile -t objects < <(find . -name '*.o' -path '*.p/*')
used() { nm -A "${objects[@]}" | awk '$2 == "U" { print $3 }' | sort -u; }
defined() { nm --defined-only "${objects[@]}" | awk '$2 ~ /^[TDRB]$/ { print $3 }' | sort -u; }

alone=$(comm -23 <(defined) <(used) | grep -vxE 'main|_.*|LLVM.*|[A-Z_0-9]+|queries_all.*' || true)
[ -z "$alone" ] || { printf 'public, but used by its own file alone: %s\n' $alone; exit 1; }
