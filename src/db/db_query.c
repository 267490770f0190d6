#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "db/db_args.h"
#include "db/db_session.h"

#define FIELDS_MAX 64

/* A statement and its shape that don't fit each other can't work for anybody. */
__attribute__((noreturn)) static void fail_mistake(
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

bool db_query_prepare(struct call *call, const struct db_query *query)
{
    struct db *db = call->db;
    const struct db_query **slot = prepared_slot(db, query);

    if (*slot)
        return true;

    db_session_asked(db);
    PGresult *result = PQprepare(db->conn, query->name, query->text, 0, NULL);

    db_session_answered(db, query->name);
    const bool done = db_session_check(call, query->name, result);

    PQclear(result);
    if (done) {
        *slot = query;
        db->prepared_count++;
        assert(db->prepared_count < PREPARED_SLOTS);
    }
    return done;
}

bool db_session_is_usable(struct call *call, const char *what)
{
    struct db *db = call->db;

    if (db->in_transaction)
        return db->conn || fail(call, FAULT_DATABASE, "%s: connection lost", what);
    return db->conn || db_connect(call, 0);
}

/* The argument that stands at `member`, for the wire. */
static struct db_param param_of(struct call *call, enum db_kind kind, const void *member)
{
    const struct db_i64s *numbers = member;
    const struct db_texts *texts = member;
    const struct db_uuids *uuids = member;

    switch (kind) {
    case DB_I64:
        return db_i64(call, *(const int64_t *)member);
    case DB_ID:
        return db_id(call, *(const int64_t *)member);
    case DB_BOOL:
        return db_bool(*(const bool *)member);
    case DB_I64S:
        return db_i64_array(call, numbers->items, numbers->count);
    case DB_TEXTS:
        return db_text_array(call, texts->items, texts->count);
    case DB_UUIDS:
        return db_uuid_array(call, uuids->items, uuids->count);
    case DB_TEXT:
        break;
    }
    return db_text(*(const char *const *)member);
}

/* A SELECT may write as well, in a WITH; those are not asked about. */
static bool is_write(PGresult *result)
{
    return strncmp(PQcmdStatus(result), "SELECT", 6) != 0;
}

static void bind_params(struct call *call, const struct db_query *query,
    const struct db_param *items, struct db_values *out)
{
    const struct db_param org = db_i64(call, call->org_id);

    assert(query->params <= PARAMS_MAX);
    for (int i = 0; i < query->params; i++) {
        const struct db_param *param = i ? &items[i - 1] : &org;

        out->values[i] = param->bytes;
        out->lengths[i] = param->length;
        out->formats[i] = param->format;
    }
}

void db_query_bind(
    struct call *call, const struct db_statement *statement, struct db_values *values)
{
    const struct db_query *query = statement->query;
    struct db_param params[PARAMS_MAX];

    assert(query->params <= PARAMS_MAX);
    for (int i = 0; i < query->params - 1; i++)
        params[i] = param_of(
            call, query->args[i].kind, (const char *)statement->args + query->args[i].offset);
    bind_params(call, query, params, values);
}

/* The result, or NULL with the fault recorded. */
static PGresult *run_bound(
    struct call *call, const struct db_query *query, const struct db_values *values)
{
    if (!db_session_is_usable(call, query->name) || !db_query_prepare(call, query))
        return NULL;

    db_session_asked(call->db);
    PGresult *result = PQexecPrepared(call->db->conn, query->name, query->params, values->values,
        values->lengths, values->formats, 0);

    db_session_answered(call->db, query->name);
    if (db_session_check(call, query->name, result)) {
        call->db->writes += is_write(result);
        return result;
    }
    PQclear(result);
    return NULL;
}

static PGresult *db_query_run(struct call *call, struct db_statement statement)
{
    struct db_values values;

    db_query_bind(call, &statement, &values);
    return run_bound(call, statement.query, &values);
}

/* Which column each field is. Every field has one, and every column is a field. */
static void columns_find(const struct db_query *query, const struct shape *shape,
    const PGresult *result, int columns[FIELDS_MAX])
{
    const int count = PQnfields(result);

    if (shape->count > FIELDS_MAX || (int)shape->count != count)
        fail_mistake(query, "shape", "has another number of fields than there are columns");

    for (size_t i = 0; i < shape->count; i++) {
        int column = 0;

        while (column < count && strcmp(PQfname(result, column), shape->fields[i].name) != 0)
            column++;
        if (column == count)
            fail_mistake(query, shape->fields[i].name, "is not among the columns");
        columns[i] = column;
    }
}

/* A value that no statement of ours can mean: the call fails, and no other. */
static bool fail_value(
    struct call *call, const struct db_query *query, const struct field *field, const char *value)
{
    return fail(call, FAULT_INTERNAL, "%s: %s: what is %.80s?", query->name, field->name, value);
}

static bool set_i64(struct call *call, const struct db_query *query, const struct field *field,
    const char *value, int64_t *member)
{
    *member = NO_I64;
    return !value || text_to_i64(value, INT64_MIN, INT64_MAX, member)
        || fail_value(call, query, field, value);
}

static bool set_word(struct call *call, const struct db_query *query, const struct field *field,
    const char *value, unsigned *member)
{
    *member = word_set_find(field->words, value);
    return !value || *member || fail_value(call, query, field, value);
}

static bool field_set(struct call *call, const struct db_query *query, const struct field *field,
    const char *value, void *member)
{
    switch (field->type) {
    case FIELD_I64:
    case FIELD_KG:
        return set_i64(call, query, field, value, member);
    case FIELD_BOOL:
        *(bool *)member = value && *value == 't';
        return true;
    case FIELD_TEXT:
    case FIELD_TIME:
    case FIELD_RAW:
        *(const char **)member = arena_text(&call->arena, value);
        return true;
    case FIELD_WORD:
        return set_word(call, query, field, value, member);
    case FIELD_ERRORS:
    case FIELD_LIST:
        break;
    }
    fail_mistake(query, field->name, "is a list, and lists are only read from JSON");
}

static bool rows_copy(struct call *call, const struct db_query *query, const struct shape *shape,
    const PGresult *result, void *records)
{
    int columns[FIELDS_MAX];
    bool good = true;

    columns_find(query, shape, result, columns);
    for (int row = 0; good && row < PQntuples(result); row++) {
        char *record = (char *)records + (size_t)row * shape->size;

        for (size_t i = 0; good && i < shape->count; i++) {
            const bool null = PQgetisnull(result, row, columns[i]);
            const char *value = null ? NULL : PQgetvalue(result, row, columns[i]);
            const struct field *field = &shape->fields[i];

            good = field_set(call, query, field, value, record + field->offset);
        }
    }
    return good;
}

static bool take_row(struct call *call, const struct db_query *query, PGresult *result,
    const struct shape *shape, void *record, bool *found)
{
    if (!result)
        return false;

    const int count = PQntuples(result);

    *found = count == 1;

    const bool taken = count <= 1 ? rows_copy(call, query, shape, result, record)
                                  : fail(call, FAULT_INTERNAL, "%s: %d rows", query->name, count);

    PQclear(result);
    return taken;
}

bool db_rows_take(struct call *call, const struct db_query *query, const struct shape *shape,
    const PGresult *result, struct list *rows)
{
    rows->count = (size_t)PQntuples(result);
    rows->items = arena_alloc(&call->arena, rows->count, shape->size);
    return rows_copy(call, query, shape, result, rows->items);
}

static bool take_rows(struct call *call, const struct db_query *query, PGresult *result,
    const struct shape *shape, struct list *rows)
{
    if (!result)
        return false;

    const bool taken = db_rows_take(call, query, shape, result, rows);

    PQclear(result);
    return taken;
}

static bool take_count(PGresult *result, int64_t *changed)
{
    if (!result)
        return false;

    if (changed && !text_to_i64(PQcmdTuples(result), 0, INT64_MAX, changed))
        *changed = 0;
    PQclear(result);
    return true;
}

bool db_one_or_none(struct call *call, struct db_statement statement, const struct shape *shape,
    void *record, bool *found)
{
    return take_row(call, statement.query, db_query_run(call, statement), shape, record, found);
}

bool db_one(
    struct call *call, struct db_statement statement, const struct shape *shape, void *record)
{
    bool found = false;

    return db_one_or_none(call, statement, shape, record, &found)
        && (found || fail(call, FAULT_NOT_FOUND, "%s: no row", statement.query->name));
}

bool db_rows(
    struct call *call, struct db_statement statement, const struct shape *shape, struct list *rows)
{
    return take_rows(call, statement.query, db_query_run(call, statement), shape, rows);
}

bool db_run(struct call *call, struct db_statement statement, int64_t *changed)
{
    return take_count(db_query_run(call, statement), changed);
}

/* The one column of the one row, whatever it is called. */
static bool take_value(
    struct call *call, struct db_statement statement, enum field_type type, void *value)
{
    PGresult *result = db_query_run(call, statement);

    if (!result)
        return false;
    if (PQnfields(result) != 1)
        fail_mistake(statement.query, "value", "has another number of columns than one");

    const int count = PQntuples(result);
    const struct field field = { .name = PQfname(result, 0), .type = type };

    const bool taken = count == 1 ? field_set(call, statement.query, &field,
                           PQgetisnull(result, 0, 0) ? NULL : PQgetvalue(result, 0, 0), value)
                                  : fail(call, count ? FAULT_INTERNAL : FAULT_NOT_FOUND,
                                      "%s: %d rows", statement.query->name, count);

    PQclear(result);
    return taken;
}

bool db_value_i64(struct call *call, struct db_statement statement, int64_t *value)
{
    return take_value(call, statement, FIELD_I64, value);
}

bool db_value_bool(struct call *call, struct db_statement statement, bool *value)
{
    return take_value(call, statement, FIELD_BOOL, value);
}

bool db_value_text(struct call *call, struct db_statement statement, const char **value)
{
    return take_value(call, statement, FIELD_TEXT, value);
}

static PGresult *run_args(struct call *call, const struct db_query *query, struct db_args args)
{
    struct db_values values;

    assert(args.count + 1 == query->params);
    bind_params(call, query, args.items, &values);
    return run_bound(call, query, &values);
}

bool db_maybe_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record, bool *found)
{
    return take_row(call, query, run_args(call, query, args), shape, record, found);
}

bool db_one_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record)
{
    bool found = false;

    return db_maybe_args(call, query, args, shape, record, &found)
        && (found || fail(call, FAULT_NOT_FOUND, "%s: no row", query->name));
}

bool db_rows_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, struct list *rows)
{
    return take_rows(call, query, run_args(call, query, args), shape, rows);
}

bool db_run_args(
    struct call *call, const struct db_query *query, struct db_args args, int64_t *changed)
{
    return take_count(run_args(call, query, args), changed);
}
