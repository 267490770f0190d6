#!/usr/bin/env bash
# Measure, and write docs/BENCHMARKS.md. BAGS=n fills with so many; see bench/run.sh.
#   bench.sh [phase ...]
set -euo pipefail
cd "$(dirname "$0")/.."

exec bench/run.sh "$@"
