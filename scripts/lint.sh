#!/usr/bin/env bash
# What a reviewer should not have to look for.
#   lint.sh [step ...]
set -Eeuo pipefail
cd "$(dirname "$0")/.."
trap 'echo "== ${step:-lint} failed" >&2' ERR

steps=(format includes sizes marks proofs compilers cppcheck docs web)

c_files() {
    git ls-files --cached --others --exclude-standard -- '*.c' '*.h'
}

lint_format() {
    c_files | xargs clang-format --dry-run -Werror || {
        echo "This mends it: git ls-files '*.c' '*.h' | xargs clang-format -i"
        return 1
    }
}

lint_includes() {
    (cd src && awk -f ../tools/lint/includes.awk *.c */*.c */*.h)
}

lint_sizes() {
    c_files | xargs awk -f tools/lint/sizes.awk
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

# Without the queue macros it can't read the code that uses them.
lint_cppcheck() {
    cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr --std=c11 \
        -j "$(nproc)" --suppress=missingIncludeSystem \
        --include="/usr/include/$(gcc -print-multiarch)/sys/queue.h" -I src src tools
}

lint_docs() {
    scripts/docs.sh --check
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
