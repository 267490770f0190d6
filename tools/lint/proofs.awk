# Holds papers against the tests that they name: `path/of_a_test.c` *name_of_the_test* *another*.
#   awk -f proofs.awk SECURITY.md docs/ASVS.md
# A path is one of the repository, of tests/ or of src/; a name has to stand in the last file before it.

function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    failed = 1
}

function is_there(path,    line) {
    if (!(path in known)) {
        known[path] = (getline line < path) >= 0
        close(path)
    }
    return known[path]
}

function place_of(path) {
    if (is_there(path)) return path
    if (is_there("tests/" path)) return "tests/" path
    if (is_there("src/" path)) return "src/" path
    complain(path " is not there")
    return ""
}

function says(path, name,    line) {
    while ((getline line < path) > 0)
        if (index(line, name)) {
            close(path)
            return 1
        }
    close(path)
    return 0
}

/^\|/ {
    rest = $0
    path = ""
    while (match(rest, /`[A-Za-z0-9_.\/-]+\.(c|h|ts|awk|def|md|yaml|json|sh)`|\*[^*]+\*/)) {
        word = substr(rest, RSTART + 1, RLENGTH - 2)
        if (substr(rest, RSTART, 1) == "`") {
            path = place_of(word)
            files++
        } else if (path == "" || !says(path, word)) {
            complain((path == "" ? "no file" : path) " has no test \"" word "\"")
        }
        rest = substr(rest, RSTART + RLENGTH)
    }
}

END {
    if (!files) {
        print "no paper names any test"
        failed = 1
    }
    exit failed
}
