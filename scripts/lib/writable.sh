# Where nothing can be written, say so before anything tries to.
check_writable() {
    local place
    for place in . build web web/node_modules web/dist; do
        if [ -e "$place" ] && [ ! -w "$place" ]; then
            echo "Nothing can be written in $(realpath "$place"): TraceTrack is built there." >&2
            exit 73
        fi
    done
}
