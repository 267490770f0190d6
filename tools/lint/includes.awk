# Includes point down only: base < metric < config < db < cluster < auth < session < http < server < list < features <
# routes.c < process < cmd < main.c, and the features make no circle. Run on all of src, from there: awk -f includes.awk *.c */*.c */*.h
BEGIN {
    split("base metric config db cluster auth session http server list", layers)
    for (i in layers)
        rank[layers[i]] = i + 0
    rank["routes.c"] = 20
    rank["process"] = 21
    rank["cmd"] = 22
    rank["main.c"] = 23
}

function folder_of(path) {
    sub(/\/.*/, "", path)
    return path
}

# Whatever is not named above is a feature.
function rank_of(path) {
    return (folder_of(path) in rank) ? rank[folder_of(path)] : 11
}

function complain(why) {
    printf "src/%s:%d: %s\n", FILENAME, FNR, why
    failed = 1
}

/^#include <libpq-fe\.h>/ && FILENAME !~ /^(db|cluster)\// {
    complain("only src/db and src/cluster talk to libpq")
}
/^#include <microhttpd\.h>/ && FILENAME !~ /^(http|server)\// {
    complain("only src/http and src/server talk to libmicrohttpd")
}

/^#include "[a-z_]+\/.*\.(h|def)"/ {
    target = $2
    gsub(/"/, "", target)
    if (rank_of(target) > rank_of(FILENAME))
        complain("includes upwards: " target)
    if (target ~ /_http\.h$/ && FILENAME != "routes.c" && rank_of(FILENAME) < rank["process"] \
        && folder_of(FILENAME) != folder_of(target))
        complain("only routes.c and process include handlers: " target)
}

END { exit failed }
