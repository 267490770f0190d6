# Imports of the screens point down only: api, scanner < outbox < parts < words < state < panels < pages < shell
# < main.ts, and no page imports another's. Run in web/src: awk -f web_includes.awk */*.ts */*.svelte */*/*.ts ...
BEGIN {
    layers = "scanner api outbox parts words state panels pages shell main.ts"
    for (i = split(layers, names); i > 0; i--)
        rank[names[i]] = i
}

function complain(why) {
    printf "web/src/%s:%d: %s\n", FILENAME, FNR, why
    failed = 1
}

# "state/router.svelte" of '../../state/router.svelte' in pages/bag/BagPage.svelte.
function resolve(spec, path) {
    path = FILENAME
    sub(/[^\/]*$/, "", path)
    while (spec ~ /^\.\.?\//) {
        if (spec ~ /^\.\.\//)
            sub(/[^\/]*\/$/, "", path)
        sub(/^\.\.?\//, "", spec)
    }
    return path spec
}

function room(path, parts) {
    split(path, parts, "/")
    return parts[1]
}

function page(path, parts) {
    split(path, parts, "/")
    return parts[1] "/" parts[2]
}

match($0, /(from |import |import\()'\.[^']*'/) {
    text = substr($0, RSTART, RLENGTH)
    gsub(/^[^']*'|'$/, "", text)
    target = resolve(text)
    if (!(room(target) in rank))
        next # an asset, or data of the tests
    if (rank[room(target)] > rank[room(FILENAME)])
        complain("imports upwards: " target)
    if (room(target) == "pages" && room(FILENAME) == "pages" && page(target) != page(FILENAME))
        complain("a page imports another's: " target)
}

END { exit failed }
