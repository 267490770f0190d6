#!/usr/bin/env bash
# Install what is missing, build, and start on port 5000 with the data under var/.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/writable.sh

check_writable
scripts/install-deps.sh build
scripts/build.sh
exec "${BUILD:-build}/tracetrack" serve "$@"
