# Tests in TypeScript: bundled once, and run with as many builds of the program as there are.

# Each file is bundled, so that Node 18 runs it and it can use the screens' own client. Packages stay
# outside, and are found from there.
bundle() {
    local folder=$1 out=web/node_modules/.$1
    rm -rf "$out"
    web/node_modules/.bin/esbuild "$folder"/*.test.ts --bundle --platform=node --format=esm \
        --target=node18 --packages=external --out-extension:.js=.mjs --outdir="$out" \
        --log-level=warning
}

# A sanitizer finds nothing in how long answers take, or in how screens look; and a browser does not care
# which build answers it. All other files run with every build.
declare -A only_with=([storm]=build [timing]=build [gallery]=build [screens]=build-asan)

run_bundled() {
    local build=$1 file name files=()
    for file in web/node_modules/."$2"/*.test.mjs; do
        name=$(basename "$file" .test.mjs)
        [ "${only_with[$name]:-$build}" != "$build" ] || files+=("$file")
    done
    echo "-- $2 with $build/tracetrack"
    TRACETRACK=$PWD/$build/tracetrack node --test --test-reporter=spec "${files[@]}"
}
