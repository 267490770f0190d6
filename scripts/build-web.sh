#!/usr/bin/env bash
# Build web/dist, if a source is newer than it; install its tools, if the lock file has changed.
set -euo pipefail
cd "$(dirname "$0")/../web"

# Both stamps live in node_modules: it is not in git, and not among the files the server carries.
installed=node_modules/.installed
built=node_modules/.built

if ! cmp -s package-lock.json "$installed"; then
    npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json "$installed"
fi

changed() {
    [ ! -f dist/index.html ] || [ ! -f "$built" ] \
        || [ -n "$(find . \( -path ./node_modules -o -path ./dist -o -path ./tests \) -prune \
            -o -mindepth 1 -newer "$built" -print -quit)" ]
}

if changed; then
    # Stamped with the time before the build: what is saved meanwhile is newer.
    touch node_modules/.building
    npm run --silent build -- --logLevel warn
    mv node_modules/.building "$built"
fi
