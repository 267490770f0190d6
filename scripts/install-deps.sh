#!/usr/bin/env bash
# Install the Debian packages that are missing, and only those.
#   install-deps.sh build | test | lint | coverage | fuzz | pentest
# Each includes `build`, and `lint` and `coverage` include `test`.
# Where there is no apt-get, the names are a hint for the packages of that system.
set -euo pipefail

build=(gcc libc6-dev make pkg-config meson ninja-build ca-certificates
    libmicrohttpd-dev libgnutls28-dev libpq-dev libjansson-dev libssl-dev zlib1g-dev
    libcurl4-openssl-dev liboath-dev libqrencode-dev libpango1.0-dev fonts-dejavu-core libxlsxwriter-dev libzip-dev libexpat1-dev libcsv-dev libunistring-dev john-data
    libcmocka-dev) # one meson.build is for the program and its tests
test=(clang libclang-rt-14-dev chromium poppler-utils zbar-tools)
lint=(clang-format cppcheck)
coverage=(gcovr)
fuzz=(clang libclang-rt-14-dev)
pentest=(wapiti sqlmap)

node_is_new_enough() {
    command -v npm > /dev/null && [ "$(node -p 'process.versions.node.split(".")[0]' 2> /dev/null || echo 0)" -ge 18 ]
}

missing_of() {
    local have
    # dpkg-query fails when it doesn't know one of the names, which is just what is asked.
    have=$({ dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2> /dev/null || true; } \
        | awk '$2 == "installed" { print $1 }')
    comm -13 <(sort -u <<< "$have") <(printf '%s\n' "$@" | sort -u)
}

wanted=("${build[@]}")
case "${1:-build}" in
    build) ;;
    test) wanted+=("${test[@]}") ;;
    lint) wanted+=("${test[@]}" "${lint[@]}") ;;
    coverage) wanted+=("${test[@]}" "${coverage[@]}") ;;
    fuzz) wanted+=("${fuzz[@]}") ;;
    pentest) wanted+=("${pentest[@]}") ;;
    *) echo "usage: $0 build|test|lint|coverage|fuzz|pentest" >&2; exit 64 ;;
esac
[ -n "$(compgen -G '/usr/lib/postgresql/*/bin/initdb')" ] || wanted+=(postgresql)
node_is_new_enough || wanted+=(nodejs npm)

if ! command -v apt-get > /dev/null; then
    echo "No apt-get here: see that these, or their like, are installed: ${wanted[*]}"
    exit 0
fi

mapfile -t missing < <(missing_of "${wanted[@]}")
[ "${#missing[@]}" -gt 0 ] || exit 0

echo "Installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || { echo "There is no sudo: install these as root." >&2; exit 77; }
    as_root=(sudo)
fi
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
