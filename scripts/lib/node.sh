# Globals of the browser that the tests use as well. Node 18, which is Debian's, has them behind flags.
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 19 ]; then
    export NODE_OPTIONS="${NODE_OPTIONS:-} --experimental-global-webcrypto --experimental-global-customevent"
fi
