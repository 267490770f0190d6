# Functions and statements have 60 lines at most, files 600, headers 150.
function complain(where, why) {
    printf "%s: %s\n", where, why
    failed = 1
}

FNR == 1 { end_of_file() }
{ file = FILENAME; lines = FNR }

# These are not short yet.
BEGIN {
    split("audit_list recount_differences bag_list bag_count scan_list_bag", names)
    for (i in names)
        longer[names[i]] = 1
}

file ~ /^src\/.*\.sql$/ {
    if (/^-- [a-z_0-9]+\(/) {
        name = $2
        sub(/\(.*/, "", name)
    } else if (name && !statement && !/^--/) {
        statement = FNR
    }
    if (statement && /; *$/) {
        if (FNR - statement + 1 > 60 && !(name in longer))
            complain(file ":" statement, "a statement of " FNR - statement + 1 " lines")
        statement = 0
        name = ""
    }
    next
}

/^{/ { start = FNR }
/^}/ && start {
    if (FNR - start + 1 > 60)
        complain(file ":" start, "a function of " FNR - start + 1 " lines")
    start = 0
}

function end_of_file() {
    if (lines > (file ~ /\.h$/ ? 150 : 600))
        complain(file, lines " lines")
    start = 0
}

END {
    end_of_file()
    exit failed
}
