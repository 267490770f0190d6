#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "db/session.h"

#define PARAMS_MAX 32
#define FIELDS_MAX 64

/* A statement and its shape that don't fit each other can't work for anybody. */
__attribute__((noreturn)) static void mistake(
    const struct db_query *query, const char *field, const char *what)
{
    log_line(LOG_ERROR, "statement", "%s: %s %s", query->name, field, what);
    abort();
}

static const struct db_query **prepared_slot(struct db *db, const struct db_query *query)
{
    /* The statements of a file lie side by side, so dividing by their size spreads them. */
    size_t i = (uintptr_t)query / sizeof *query % PREPARED_SLOTS;

    while (db->prepared[i] && db->prepared[i] != query)
        i = (i + 1) % PREPARED_SLOTS;
    return &db->prepared[i];
}

static bool is_prepared(struct call *call, const struct db_query *query)
{
    struct db *db = call->db;
    const struct db_query **slot = prepared_slot(db, query);

    if (*slot)
        return true;

    PGresult *result = PQprepare(db->conn, query->name, query->text, 0, NULL);
    const bool done = session_check(call, query->name, result);

    PQclear(result);
    if (done) {
        *slot = query;
        db->prepared_count++;
        assert(db->prepared_count < PREPARED_SLOTS);
    }
    return done;
}

/* Outside a transaction a lost connection may be made anew; inside, the call has failed. */
static bool is_usable(struct call *call, const struct db_query *query)
{
    struct db *db = call->db;

    if (db->in_transaction)
        return db->conn || fail(call, FAULT_DATABASE, "%s: connection lost", query->name);
    return db->conn || db_ready(call, 0);
}

/* The result, or NULL with the fault recorded. */
static PGresult *run(struct call *call, const struct db_query *query, struct db_args args)
{
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX], formats[PARAMS_MAX];
    const struct db_param org = db_i64(call, call->org_id);

    assert(args.count + 1 == query->params && query->params <= PARAMS_MAX);
    for (int i = 0; i < query->params; i++) {
        const struct db_param *param = i ? &args.items[i - 1] : &org;

        values[i] = param->bytes;
        lengths[i] = param->length;
        formats[i] = param->format;
    }

    if (!is_usable(call, query) || !is_prepared(call, query))
        return NULL;

    PGresult *result =
        PQexecPrepared(call->db->conn, query->name, query->params, values, lengths, formats, 0);

    if (session_check(call, query->name, result))
        return result;
    PQclear(result);
    return NULL;
}

/* Which column each field is. Every field has one, and every column is a field. */
static void columns_find(const struct db_query *query, const struct shape *shape,
    const PGresult *result, int columns[FIELDS_MAX])
{
    const int count = PQnfields(result);

    if (shape->count > FIELDS_MAX || (int)shape->count != count)
        mistake(query, "shape", "has another number of fields than there are columns");

    for (size_t i = 0; i < shape->count; i++) {
        int column = 0;

        while (column < count && strcmp(PQfname(result, column), shape->fields[i].name) != 0)
            column++;
        if (column == count)
            mistake(query, shape->fields[i].name, "is not among the columns");
        columns[i] = column;
    }
}

static void field_set(struct arena *arena, const struct db_query *query, const struct field *field,
    const char *value, void *member)
{
    switch (field->type) {
    case FIELD_I64:
    case FIELD_KG:
        *(int64_t *)member = NO_I64;
        if (value && !text_to_i64(value, INT64_MIN, INT64_MAX, member))
            mistake(query, field->name, "is not an integer");
        return;
    case FIELD_BOOL:
        *(bool *)member = value && *value == 't';
        return;
    case FIELD_TEXT:
    case FIELD_TIME:
    case FIELD_RAW:
        *(const char **)member = arena_text(arena, value);
        return;
    case FIELD_LIST:
        break;
    }
    mistake(query, field->name, "is a list, and lists are only read from JSON");
}

static void rows_copy(struct call *call, const struct db_query *query, const struct shape *shape,
    const PGresult *result, void *records)
{
    int columns[FIELDS_MAX];

    columns_find(query, shape, result, columns);
    for (int row = 0; row < PQntuples(result); row++) {
        char *record = (char *)records + (size_t)row * shape->size;

        for (size_t i = 0; i < shape->count; i++) {
            const bool null = PQgetisnull(result, row, columns[i]);
            const char *value = null ? NULL : PQgetvalue(result, row, columns[i]);
            const struct field *field = &shape->fields[i];

            field_set(&call->arena, query, field, value, record + field->offset);
        }
    }
}

bool db_maybe(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record, bool *found)
{
    PGresult *result = run(call, query, args);

    if (!result)
        return false;

    const int count = PQntuples(result);

    *found = count == 1;
    if (count <= 1)
        rows_copy(call, query, shape, result, record);
    PQclear(result);
    return count <= 1 || fail(call, FAULT_INTERNAL, "%s: %d rows", query->name, count);
}

bool db_one(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record)
{
    bool found = false;

    return db_maybe(call, query, args, shape, record, &found)
        && (found || fail(call, FAULT_NOT_FOUND, "%s: no row", query->name));
}

bool db_rows(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, struct list *rows)
{
    PGresult *result = run(call, query, args);

    if (!result)
        return false;

    rows->count = (size_t)PQntuples(result);
    rows->items = arena_alloc(&call->arena, rows->count, shape->size);
    rows_copy(call, query, shape, result, rows->items);
    PQclear(result);
    return true;
}

bool db_run(struct call *call, const struct db_query *query, struct db_args args, int64_t *changed)
{
    PGresult *result = run(call, query, args);

    if (!result)
        return false;

    if (changed && !text_to_i64(PQcmdTuples(result), 0, INT64_MAX, changed))
        *changed = 0;
    PQclear(result);
    return true;
}
