#!/usr/bin/env bash
# How much of src/ the unit, database and API tests run: prints lines, functions and branches, and leaves what
# each file has in build-coverage/coverage.html.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/postgres.sh
. scripts/lib/typescript.sh
. scripts/lib/node.sh

scripts/build-web.sh
[ -f build-coverage/build.ninja ] || meson setup build-coverage -Db_coverage=true -Doptimization=0 > /dev/null
ninja -C build-coverage --quiet
find build-coverage -name '*.gcda' -delete

throwaway_postgres
meson test -C build-coverage --no-rebuild --quiet --suite unit --suite db > build-coverage/tests.log || {
    cat build-coverage/tests.log
    exit 1
}
bundle tests/api
run_bundled build-coverage tests/api > build-coverage/api.log || { cat build-coverage/api.log; exit 1; }

gcovr --root . --filter src/ --exclude '.*\.sql\.c' --object-directory build-coverage \
    --html-details build-coverage/coverage.html --print-summary > build-coverage/coverage.txt 2> build-coverage/gcovr.log
grep -E '^(lines|functions|branches)' build-coverage/coverage.txt
