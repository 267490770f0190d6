# A PostgreSQL for tests: made in a temporary folder, gone when the script ends. Nothing in it
# outlives the run, so it need not be durable.

postgres_bin() {
    local bin
    bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)
    [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
    echo "$bin"
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd "$postgres_folder" && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

throwaway_postgres() {
    [ -z "${TEST_DATABASE_URL:-}" ] || return 0
    postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/tracetrack-test.XXXXXX")
    [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_folder"
    trap end_postgres EXIT

    as_postgres "$(postgres_bin)/initdb" -D "$postgres_folder/data" -U postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync > "$postgres_folder/initdb.log"
    as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_folder/data" -w -s \
        -l "$postgres_folder/postgres.log" \
        -o "-c listen_addresses='' -k $postgres_folder -c fsync=off \
            -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB" start
    export TEST_DATABASE_URL="postgresql:///postgres?host=$postgres_folder&user=postgres"
}

end_postgres() {
    as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_folder/data" -s -m immediate stop || true
    rm -rf "$postgres_folder"
}
