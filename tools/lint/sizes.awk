# Functions and statements have 60 lines at most, files 600, headers 150.
function complain(where, why) {
    printf "%s: %s\n", where, why
    failed = 1
}

FNR == 1 { end_of_file() }
{ file = FILENAME; lines = FNR }

file ~ /^src\/.*\.sql$/ {
    if (/^-- ([a-z_0-9]+\(|part )/) {
        name = $2
    } else if (name && !statement && !/^--/) {
        statement = FNR
    }
    if (statement && /; *$/) {
        if (FNR - statement + 1 > 60)
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
