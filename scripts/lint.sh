#!/usr/bin/env bash
# What a reviewer should not have to look for.
#   lint.sh [step ...]
set -Eeuo pipefail
cd "$(dirname "$0")/.."
trap 'echo "== ${step:-lint} failed" >&2' ERR

steps=(format includes folders sizes marks proofs compilers unity globals threads cppcheck docs openapi web)

c_files() {
    git ls-files --cached --others --exclude-standard -- '*.c' '*.h'
}

lint_format() {
    c_files | xargs clang-format --dry-run -Werror || {
        echo "This mends it: git ls-files '*.c' '*.h' | xargs clang-format -i"
        return 1
    }
    (cd web && npm run --silent format -- --check) || {
        echo "This mends it: cd web && npm run format -- --write"
        return 1
    }
}

# "lower upper" for each folder of src that includes another's header. tsort names the folders of a circle.
folder_pairs() {
    (cd src && grep -o '^#include "[a-z_]*/' -- */*.c */*.h) \
        | sed -E 's,^([a-z_]+)/.*"([a-z_]+)/$,\2 \1,' | awk '$1 != $2' | sort -u
}

lint_includes() {
    (cd src && awk -f ../tools/lint/includes.awk *.c */*.c */*.h)
    folder_pairs | tsort > /dev/null
    (cd web/src && awk -f ../../tools/lint/web_includes.awk $(screens))
}

screens() {
    git ls-files --cached --others --exclude-standard -- '*.ts' '*.svelte' ':!sw'
}

# A folder that nobody can take in at one look wants to be two.
lint_folders() {
    find src web/src -type f -printf '%h\n' | sort | uniq -c | awk '$1 > 30 {
        print $2 ": " $1 " files, at most 30"
        failed = 1
    } END { exit failed }'
}

lint_sizes() {
    { c_files; git ls-files --cached --others --exclude-standard -- 'src/*.sql'; } | xargs awk -f tools/lint/sizes.awk
}

lint_marks() {
    ! git grep -nwE 'TODO|FIXME|XXX' -- . ':!scripts/lint.sh' ':!LICENSE' ':!web/package-lock.json'
}

# What is promised is proven by tests that are there.
lint_proofs() {
    awk -f tools/lint/proofs.awk SECURITY.md docs/ASVS.md
}

# Warnings are errors in both.
lint_compilers() {
    scripts/build.sh
    scripts/build-asan.sh
}

# All of src as one file: the names of private things are unique, too, so that a profile tells them apart.
lint_unity() {
    [ -f build-unity/build.ninja ] || meson setup build-unity \
        -Dunity=on -Dunity_size=10000 -Dc_args=-Wno-shadow > /dev/null
    ninja -C build-unity --quiet src/libtracetrack_core.a
}

lint_globals() {
    tools/lint/globals.sh build
}

# ThreadSanitizer over what several threads share: the server's and the lanes'.
lint_threads() {
    [ -f build-tsan/build.ninja ] || CC=clang meson setup build-tsan \
        -Db_sanitize=thread -Db_lundef=false -Doptimization=1 > /dev/null
    ninja -C build-tsan --quiet
    local log
    log=$(TSAN_OPTIONS=halt_on_error=1 meson test -C build-tsan --no-rebuild --print-errorlogs \
        unit/db/lane unit/metric/metric unit/session/session 'unit/server/*') || { echo "$log"; return 1; }
}

# Without the queue macros it can't read the code that uses them.
lint_cppcheck() {
    cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr --std=c11 \
        -j "$(nproc)" --suppress=missingIncludeSystem \
        --include="/usr/include/$(gcc -print-multiarch)/sys/queue.h" -I src -I build/src/libtracetrack_core.a.p src tools
}

lint_docs() {
    scripts/docs.sh --check
}

# As other programs' tools read it. Their packages are apart from those that everybody installs, and redocly
# wants a newer Node than Debian's.
lint_openapi() {
    local tools=tools/openapi/node_modules
    [ "$tools/.installed" -nt tools/openapi/package-lock.json ] || {
        (cd tools/openapi && npm ci --silent --no-audit --no-fund) && touch "$tools/.installed"
    }
    "$tools/.bin/spectral" lint --quiet --fail-severity=warn -r tools/openapi/.spectral.yaml docs/openapi.yaml
    if [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then
        "$tools/.bin/redocly" lint docs/openapi.yaml
    else
        echo "redocly needs Node 20 or newer: left out."
    fi
}

lint_web() {
    (cd web && npm run --silent check)
}

[ "$#" -eq 0 ] || steps=("$@")
for step in "${steps[@]}"; do
    echo "== $step"
    "lint_$step"
done
echo "Nothing found."
