#include "db/db.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/db_connection.h"
#include "db/db_session.h"
#include "db/slow.h"

/* How long a request may wait for a database that is just starting, or changing over. */
#define BEGIN_PATIENCE_MS 2000
#define WAIT_FIRST_MS 50
#define WAIT_MOST_MS 500

struct sqlstate {
    const char *start; /* of the SQLSTATE; the first row that fits counts */
    const char *source; /* the function of PostgreSQL that must have said it; NULL: any */
    enum fault_code fault;
    bool drop; /* the connection is of no more use */
};

/* clang-format off */
static const struct sqlstate sqlstates[] = {
    { "23505", NULL, FAULT_CONFLICT, false }, /* unique_violation */
    { "40001", NULL, FAULT_AGAIN,    false }, /* serialization_failure */
    { "40P01", NULL, FAULT_AGAIN,    false }, /* deadlock_detected */
    { "57014", NULL, FAULT_TOO_SLOW, false }, /* statement_timeout */
    { "55P03", NULL, FAULT_TOO_SLOW, false }, /* lock_timeout */
    /* "cached plan must not change result type": a migration came in between. Any other statement
       that PostgreSQL can't do will never be done, however often it is tried. */
    { "0A000", "RevalidateCachedQuery", FAULT_AGAIN, true },
    { "26000", NULL, FAULT_AGAIN,    true  }, /* somebody else's DISCARD took the prepared statements */
    { "25006", NULL, FAULT_DATABASE, true  }, /* read only: this server isn't the primary any more */
    { "08P01", NULL, FAULT_INTERNAL, true  }, /* we have spoken wrongly; a lost connection is told apart */
    { "08",    NULL, FAULT_DATABASE, true  },
    { "53400", NULL, FAULT_INTERNAL, false }, /* past a limit of the settings, and again each time */
    { "53",    NULL, FAULT_DATABASE, false }, /* no memory, no disk, no more connections */
    { "57P",   NULL, FAULT_DATABASE, true  }, /* shutting down, starting up */
};
/* clang-format on */

static char *copy(const char *text)
{
    char *own = strdup(text);

    if (!own)
        abort();
    return own;
}

struct db *db_open(const char *conninfo, const char *name)
{
    struct db *db = calloc(1, sizeof *db);

    if (!db)
        abort();

    db->conninfo = copy(conninfo);
    db->name = copy(name);
    return db;
}

void db_session_drop(struct db *db)
{
    PQfinish(db->conn);
    db->conn = NULL;
    db->prepared_count = 0;
    memset(db->prepared, 0, sizeof db->prepared);
}

void db_close(struct db *db)
{
    db_session_drop(db);
    free(db->conninfo);
    free(db->name);
    free(db);
}

/* NULL: the call has failed for good. */
static const struct sqlstate *sqlstate_find(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *source = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);

    for (size_t i = 0; state && i < COUNT_OF(sqlstates); i++) {
        const struct sqlstate *row = &sqlstates[i];

        if (text_starts_with(state, row->start)
            && (!row->source || (source && strcmp(source, row->source) == 0)))
            return row;
    }
    return NULL;
}

static bool fail_with_sqlstate(struct call *call, const char *what, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const struct sqlstate *row = sqlstate_find(result);

    if (row && row->drop)
        db_session_drop(call->db);
    return fail(call, row ? row->fault : FAULT_INTERNAL, "%s: %s %s%s%s", what, state ? state : "?",
        message ? message : "", *call->db->constraint ? " " : "", call->db->constraint);
}

bool db_session_check(struct call *call, const char *what, const PGresult *result)
{
    struct db *db = call->db;
    const ExecStatusType status = PQresultStatus(result);

    db->constraint[0] = '\0';
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return true;

    /* What has no SQLSTATE, PostgreSQL has not said: libpq could not send, or not read. */
    if (PQstatus(db->conn) != CONNECTION_OK || !PQresultErrorField(result, PG_DIAG_SQLSTATE)) {
        char reason[DB_MESSAGE_MAX];

        db_message_copy(reason, PQerrorMessage(db->conn));
        db_session_drop(db);
        return fail(call, FAULT_DATABASE, "%s: connection lost: %s", what, reason);
    }

    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);

    snprintf(db->constraint, sizeof db->constraint, "%s", constraint ? constraint : "");
    return fail_with_sqlstate(call, what, result);
}

const char *db_constraint(const struct call *call)
{
    return call->db->constraint;
}

/* What an idle connection has to say is that it ends, or a notice; asking costs no round trip. */
static bool db_is_connected(struct db *db)
{
    if (!db->conn)
        return false;

    struct pollfd socket = { .fd = PQsocket(db->conn), .events = POLLIN };

    while (poll(&socket, 1, 0) > 0 && PQconsumeInput(db->conn))
        continue;
    if (PQstatus(db->conn) == CONNECTION_OK && PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return true;

    db_session_drop(db);
    return false;
}

static void sleep_ms(int64_t ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

bool db_connect(struct call *call, int patience_ms)
{
    struct db *db = call->db;
    const int64_t end = clock_us() + (int64_t)patience_ms * 1000;
    char reason[DB_MESSAGE_MAX];

    assert(!db->in_transaction);
    for (int64_t wait_ms = WAIT_FIRST_MS; !db_is_connected(db); wait_ms *= 2) {
        db->conn = db_connection_open(db->conninfo, db->name, reason);
        if (db->conn)
            break;

        if (clock_us() + wait_ms * 1000 > end)
            return fail(call, FAULT_DATABASE, "connect: %s", reason);
        if (wait_ms > WAIT_MOST_MS)
            wait_ms = WAIT_MOST_MS;
        sleep_ms(wait_ms);
    }
    return true;
}

void db_session_asked(struct db *db)
{
    db->asked_us = clock_us();
}

void db_session_answered(struct db *db, const char *name)
{
    const int64_t now_us = clock_us();
    const int64_t took_us = now_us - db->asked_us;

    db->asked_us = now_us;
    db->busy_us += took_us;
    if (took_us >= SLOW_FROM_US)
        slow_note(name, took_us);
}

int64_t db_busy_us(const struct db *db)
{
    return db->busy_us;
}

static bool db_command(struct call *call, const char *sql)
{
    db_session_asked(call->db);
    PGresult *result = PQexec(call->db->conn, sql);

    db_session_answered(call->db, sql);
    const bool done = db_session_check(call, sql, result);

    PQclear(result);
    return done;
}

bool db_begin(struct call *call)
{
    if (!db_connect(call, BEGIN_PATIENCE_MS))
        return false;

    /* The loss may show only now; nothing was done yet, so there is nothing to be undone. */
    if (!db_command(call, "BEGIN")) {
        if (call->fault.code != FAULT_DATABASE)
            return false;
        fail_clear(call);
        if (!db_connect(call, BEGIN_PATIENCE_MS) || !db_command(call, "BEGIN"))
            return false;
    }

    call->db->in_transaction = true;
    call->db->writes = 0;
    return true;
}

bool db_commit(struct call *call)
{
    struct db *db = call->db;

    assert(db->in_transaction);
    db->in_transaction = false;
    if (!db->conn)
        return fail(call, FAULT_DATABASE, "COMMIT: connection lost");

    /* PostgreSQL answers the COMMIT of a failed transaction with a friendly ROLLBACK. */
    const bool failed = PQtransactionStatus(db->conn) == PQTRANS_INERROR;

    return db_command(call, "COMMIT")
        && (!failed || fail(call, FAULT_INTERNAL, "COMMIT after a failed statement"));
}

/* The call keeps the fault that it has: that is why it is rolled back. */
void db_rollback(struct call *call)
{
    struct db *db = call->db;

    db->in_transaction = false;
    if (!db->conn || PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return;

    db_session_asked(db);
    PQclear(PQexec(db->conn, "ROLLBACK"));
    db_session_answered(db, "ROLLBACK");
    if (PQtransactionStatus(db->conn) != PQTRANS_IDLE)
        db_session_drop(db);
}

bool db_end(struct call *call, bool done)
{
    if (done || call->fault.keep)
        return db_commit(call) && done;
    db_rollback(call);
    return false;
}

bool db_use_snapshot(struct call *call)
{
    assert(call->db->in_transaction);
    return db_command(call, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
}

bool db_commit_and_continue(struct call *call)
{
    if (!call->db->in_transaction)
        return true;
    assert(call->db->writes <= 1);
    return db_commit(call) && db_begin(call);
}
