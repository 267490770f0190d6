#include "db/db_pipeline.h"

#include <assert.h>

#include "db/db_session.h"

bool db_is_in_transaction(const struct call *call)
{
    return call->db->in_transaction;
}

void db_pipeline_ask(struct call *call, struct db_pipeline *pipeline, struct db_statement statement,
    const struct shape *shape, struct list *rows)
{
    struct db_values *values = NEW(&call->arena, struct db_values);

    assert(pipeline->count < PIPELINE_STEPS_MAX);
    db_query_bind(call, &statement, values);
    pipeline->steps[pipeline->count++] = (struct db_step){ statement.query, values, shape, rows };
}

void db_pipeline_add(struct call *call, struct db_pipeline *pipeline, struct db_statement statement)
{
    db_pipeline_ask(call, pipeline, statement, NULL, NULL);
}

/* Outside a pipeline: once for each connection, and each on a round trip of its own. */
static bool pipeline_prepare(struct call *call, const struct db_pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->count; i++)
        if (!db_query_prepare(call, pipeline->steps[i].query))
            return false;
    return true;
}

static bool pipeline_send_command(struct call *call, const char *sql)
{
    return PQsendQueryParams(call->db->conn, sql, 0, NULL, NULL, NULL, NULL, 0);
}

static bool pipeline_send_step(struct call *call, const struct db_step *step)
{
    return PQsendQueryPrepared(call->db->conn, step->query->name, step->query->params,
        step->values->values, step->values->lengths, step->values->formats, 0);
}

static bool pipeline_send(
    struct call *call, const struct db_pipeline *pipeline, enum db_bounds bounds)
{
    bool sent = bounds != DB_BEGINS || pipeline_send_command(call, "BEGIN");

    for (size_t i = 0; sent && i < pipeline->count; i++)
        sent = pipeline_send_step(call, &pipeline->steps[i]);
    sent = sent && (bounds != DB_COMMITS || pipeline_send_command(call, "COMMIT"));
    return sent && PQpipelineSync(call->db->conn);
}

/* The result of the next statement. Those behind one that has failed have nothing more to say. */
static bool pipeline_take(
    struct call *call, const char *name, const struct db_step *step, bool good)
{
    if (!call->db->conn)
        return false;

    PGresult *result = PQgetResult(call->db->conn);

    db_session_answered(call->db, name);
    good = good && db_session_check(call, name, result);
    if (good && step && step->shape)
        good = db_rows_take(call, step->query, step->shape, result, step->rows);
    PQclear(result);

    /* There is a NULL behind each statement's result. */
    if (call->db->conn)
        PQclear(PQgetResult(call->db->conn));
    return good;
}

static bool pipeline_take_all(
    struct call *call, const struct db_pipeline *pipeline, enum db_bounds bounds)
{
    bool good = bounds != DB_BEGINS || pipeline_take(call, "BEGIN", NULL, true);

    for (size_t i = 0; i < pipeline->count; i++)
        good = pipeline_take(call, pipeline->steps[i].query->name, &pipeline->steps[i], good);
    return bounds == DB_COMMITS ? pipeline_take(call, "COMMIT", NULL, good) : good;
}

/* The end of it all; without that the connection is of no more use. */
static bool pipeline_leave(struct call *call, bool good)
{
    struct db *db = call->db;

    if (!db->conn)
        return false;

    PGresult *result = PQgetResult(db->conn);

    db_session_answered(db, "SYNC");
    const bool synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;

    PQclear(result);
    if (synced && PQexitPipelineMode(db->conn))
        return good;

    db_session_drop(db);
    return good && fail(call, FAULT_DATABASE, "pipeline: connection lost");
}

bool db_pipeline_run(struct call *call, const struct db_pipeline *pipeline, enum db_bounds bounds)
{
    struct db *db = call->db;

    assert(bounds == DB_BEGINS || db->in_transaction);
    if (!db_session_is_usable(call, "pipeline") || !pipeline_prepare(call, pipeline))
        return false;

    db->in_transaction = true;
    db_session_asked(db);
    if (!PQenterPipelineMode(db->conn) || !pipeline_send(call, pipeline, bounds)) {
        db_session_drop(db);
        return fail(call, FAULT_DATABASE, "pipeline: connection lost");
    }

    const bool good = pipeline_leave(call, pipeline_take_all(call, pipeline, bounds));

    if (good && bounds == DB_COMMITS)
        db->in_transaction = false;
    return good;
}

bool db_pipeline_lost(struct call *call, bool within)
{
    if (!within)
        db_rollback(call);
    if (call->fault.code == FAULT_CONFLICT)
        call->fault.code = FAULT_AGAIN;
    return false;
}
