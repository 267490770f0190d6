#include "cluster/bulk_load.h"

#include "db/db_session.h"

/*
 * Primary keys stay: rows come in the order of their ids, which costs little, and foreign keys
 * need them. pg_get_indexdef() says ONLY of an index on a partitioned table; without that word the
 * partitions get theirs as well, under the names they had.
 */
static const char DROP_INDEXES[] =
    "SET LOCAL statement_timeout = 0;"
    "SET LOCAL maintenance_work_mem = '256MB';"
    "SET LOCAL work_mem = '128MB';"
    "CREATE TEMPORARY TABLE bulk_undo ON COMMIT DROP AS "
    "SELECT 1 AS step, format('DROP INDEX %s', i.indexrelid::regclass) AS away,"
    "       replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS back"
    "  FROM pg_index i"
    " WHERE i.indrelid IN ('bag'::regclass, 'scan'::regclass)"
    "   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
    " UNION ALL "
    "SELECT 2, format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),"
    "       format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname,"
    "              pg_get_constraintdef(k.oid))"
    "  FROM pg_constraint k"
    " WHERE k.contype = 'f'"
    "   AND k.conrelid IN ('bag'::regclass, 'bill'::regclass);"
    "DO $$ DECLARE command text; BEGIN"
    "    FOR command IN SELECT away FROM bulk_undo LOOP EXECUTE command; END LOOP; "
    "END $$";

static const char RESTORE_INDEXES[] =
    "DO $$ DECLARE command text; BEGIN"
    "    FOR command IN SELECT back FROM bulk_undo ORDER BY step LOOP EXECUTE command; END LOOP; "
    "END $$";

/* One after the other: VACUUM won't be one of several. */
static const char *const VACUUM[] = {
    "SET statement_timeout = 0",
    "VACUUM (ANALYZE) bag, scan, bill, users, counter, counter_hour",
    "RESET statement_timeout",
};

static bool bulk_load_command(struct call *call, const char *what, const char *sql)
{
    PGresult *result = PQexec(call->db->conn, sql);
    const bool done = db_session_check(call, what, result);

    PQclear(result);
    return done;
}

bool bulk_load_begin(struct call *call)
{
    return bulk_load_command(call, "bulk_begin", DROP_INDEXES);
}

bool bulk_load_end(struct call *call)
{
    return bulk_load_command(call, "bulk_end", RESTORE_INDEXES);
}

bool bulk_load_vacuum(struct call *call)
{
    bool done = db_connect(call, 0);

    for (size_t i = 0; done && i < sizeof VACUUM / sizeof VACUUM[0]; i++)
        done = bulk_load_command(call, "bulk_settle", VACUUM[i]);
    return done;
}
