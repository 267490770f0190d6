# Includes point down only: base < config < db < auth < http's interfaces < features < the rest of
# http < cmd < main.c. Run on all of src, from there: awk -f includes.awk */*.c */*.h main.c
function rank(path, folder) {
    folder = path
    sub(/\/.*/, "", folder)
    if (path == "main.c") return 8
    if (folder == "base") return 0
    if (folder == "config") return 1
    if (folder == "db") return 2
    if (folder == "auth") return 3
    if (path ~ /^http\/(request|reply|ticket|route|feed|filter|cookie|rate|server)\.h$/) return 4
    if (folder == "http") return 6
    if (folder == "cmd") return 7
    return 5
}

function complain(why) {
    printf "src/%s:%d: %s\n", FILENAME, FNR, why
    failed = 1
}

function folder_of(path) {
    sub(/\/[^\/]*$/, "", path)
    return path
}

/^#include <libpq-fe\.h>/ && FILENAME !~ /^db\// { complain("only src/db talks to libpq") }
/^#include <microhttpd\.h>/ && FILENAME !~ /^http\// { complain("only src/http talks to libmicrohttpd") }

/^#include "[a-z_]+\/.*\.(h|def)"/ {
    target = $2
    gsub(/"/, "", target)
    sub(/\.sql\.h$/, ".h", target)
    from = rank(FILENAME)
    to = rank(target)

    if (to > from)
        complain("includes upwards: " target)
    if (from == 6 && to == 5 && FILENAME != "routes.c")
        complain("of src/http only routes.c knows the features: " target)
    if (target ~ /_http\.h$/ && FILENAME != "routes.c" && from < 7 \
        && folder_of(FILENAME) != folder_of(target))
        complain("only routes.c and cmd include handlers: " target)
}

END { exit failed }
