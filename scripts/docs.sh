#!/usr/bin/env bash
# Write what is generated from the program's tables: pages of docs/, and tables of the screens.
#   docs.sh --check     only say whether they are what they should be
set -euo pipefail
cd "$(dirname "$0")/.."

# page             command that prints it
pages=(
    "docs/CONFIG.md  config --markdown"
    "docs/LIMITS.md  routes --limits"
    "docs/METRICS.md tables --metrics"
    "web/src/api/tables.ts      tables --ts"
    "web/src/words/english.ts   tables --english"
)

for page in "${pages[@]}"; do
    read -r file command <<< "$page"
    # The command is words of this very file.
    # shellcheck disable=SC2086
    text=$("${BUILD:-build}/tracetrack" $command)
    if [ "${1:-}" = --check ]; then
        diff -u "$file" - <<< "$text" || { echo "$file is out of date: run make docs"; exit 1; }
    else
        echo "$text" > "$file"
    fi
done
