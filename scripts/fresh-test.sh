#!/usr/bin/env bash
# The README's two commands on a bare Debian 12, as a newcomer meets them: nothing of this machine but
# its kernel and its way to the network. Debian's own Node is 18: what passes here passes for everybody.
#   fresh-test.sh [kind ...]      the kinds of tests, as for test.sh; all of them if none is named
#   FRESH=folder    where the Debian is kept (/tmp/tracetrack-fresh); MIRROR=url    of its packages
#   KEEP=1          go on with the Debian of the last run, instead of a bare one
# It has to be run as root, by whom the system in the folder is made and entered.
set -euo pipefail
cd "$(dirname "$0")/.."
FRESH=${FRESH:-/tmp/tracetrack-fresh}
root=$FRESH/root

# In a space of its own: mounts and processes are gone when it ends, however it ends.
if [ "${FRESH_INSIDE:-}" != 1 ]; then
    [ "$(id -u)" -eq 0 ] || { echo "fresh-test.sh has to be run as root." >&2; exit 77; }
    exec env FRESH_INSIDE=1 unshare --mount --pid --fork --kill-child "$0" "$@"
fi

# What this machine uses, or else Debian's own.
mirror_of_this_machine() {
    local uris
    uris=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null \
        | awk '$1 == "URIs:" { print $2 } $1 == "deb" { sub(/\[[^]]*\] /, ""); print $2 }' \
        | grep -E '/debian/?$' | head -n 1) || true
    echo "${uris:-http://deb.debian.org/debian}"
}

make_base() {
    [ ! -e "$FRESH/base/etc" ] || return 0
    command -v debootstrap > /dev/null || apt-get install -q -y debootstrap > /dev/null
    echo "== a bare Debian 12 in $FRESH/base"
    rm -rf "$FRESH/base.new"
    mkdir -p "$FRESH"
    debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$FRESH/base.new" \
        "${MIRROR:-$(mirror_of_this_machine)}" > "$FRESH/debootstrap.log" 2>&1 \
        || { tail -n 20 "$FRESH/debootstrap.log"; exit 1; }
    mv "$FRESH/base.new" "$FRESH/base"
}

# How this machine comes to the network: name servers, proxies, certificates.
lend_network() {
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    [ ! -d /etc/apt/apt.conf.d ] || cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
    [ ! -e /etc/ssl/certs/ca-certificates.crt ] \
        || cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
}

# The files as they are here, committed or not, and no others.
copy_project() {
    rm -rf "$root/src"
    mkdir "$root/src"
    git ls-files -z --cached --others --exclude-standard \
        | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done \
        | tar --null --files-from=- --create | tar --extract --directory="$root/src"
    git -C "$root/src" init -q
    git -C "$root/src" add -A
    git -C "$root/src" -c user.name=fresh -c user.email=fresh@localhost commit -q -m fresh
}

enter() {
    local name settings=()
    for name in CI http_proxy https_proxy no_proxy; do
        [ -z "${!name:-}" ] || settings+=("$name=${!name}")
    done
    chroot "$root" env -i HOME=/root LANG=C.UTF-8 "${settings[@]}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -ec "cd /src; $1"
}

mount --make-rprivate /
make_base
[ -n "${KEEP:-}" ] && [ -e "$root/etc" ] || { rm -rf "$root"; cp -a --reflink=auto "$FRESH/base" "$root"; }
lend_network
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
copy_project

echo "== make run"
enter '
    PORT=0 setsid make run > run.log 2>&1 &
    while ! grep -q "^TraceTrack is at" run.log; do
        kill -0 $! 2> /dev/null || { cat run.log; exit 1; }
        sleep 1
    done
    port=$(sed -n "s/^TraceTrack is at .*:\([0-9]*\)$/\1/p" run.log)
    exec 3<> "/dev/tcp/127.0.0.1/$port"
    printf "GET /api/health HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3
    head -n 1 <&3 | grep " 200 "
    kill -TERM -- -$!
    wait $! || true
    tail -n 3 run.log
'
echo "== make test"
enter "make test TESTS='$*'"
echo "Passed on a bare Debian."
