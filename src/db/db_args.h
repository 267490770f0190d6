/*
 * Db args: runs SQL statements whose arguments are given by position, $2 first.
 *
 * The program's own code gives them by name (db/statement.h, db/db.h); tests that need queries of
 * their own use this. $1 is always the call's organisation. Rows become records: structs that a
 * shape (base/shape.h) describes. A call is one unit of work (base/call.h), with its memory
 * (call->arena), its database session and, after a failure, the fault.
 */
#ifndef DB_DB_ARGS_H
#define DB_DB_ARGS_H

#include "db/db.h"

/* One argument in the form in which libpq sends it. */
struct db_param {
    const char *bytes; /* the value, as text or in binary; NULL is SQL NULL */
    int length; /* in bytes; of binary values only */
    int format; /* 0 text, 1 binary */
};

/* The arguments of a statement from $2 on, in order; see DB_ARGS(). */
struct db_args {
    int count; /* of the items */
    const struct db_param *items;
};

/* An array of the listed struct db_param; used by DB_ARGS() only. */
#define DB_PARAMS(...) ((const struct db_param[]){ __VA_ARGS__ })
/* The struct db_args of the listed arguments: DB_ARGS(db_text(code), db_i64(call, 5)). */
#define DB_ARGS(...)                                                                               \
    ((struct db_args){                                                                             \
        (int)(sizeof DB_PARAMS(__VA_ARGS__) / sizeof(struct db_param)), DB_PARAMS(__VA_ARGS__) })
/* The struct db_args of a statement that has no arguments but the organisation, $1. */
#define DB_NO_ARGS ((struct db_args){ 0, NULL })

/* Make an argument from a text, which is not copied; NULL is SQL NULL. */
struct db_param db_text(const char *text);

/* Make an argument from an integer, in call->arena; NO_I64 (no value) is SQL NULL. */
struct db_param db_i64(struct call *call, int64_t value);

/* Make an argument from a row id, in call->arena; 0 is SQL NULL. */
struct db_param db_id(struct call *call, int64_t id);

/* Make a boolean argument. */
struct db_param db_bool(bool value);

/* Make a bigint[] argument from `count` integers, in call->arena; NO_I64 is a NULL element. */
struct db_param db_i64_array(struct call *call, const int64_t *items, size_t count);

/* Make a text[] argument from `count` texts, in call->arena; a NULL text is a NULL element. */
struct db_param db_text_array(struct call *call, const char *const *items, size_t count);

/* Make a uuid[] argument from `count` UUIDs of 16 bytes, in call->arena. */
struct db_param db_uuid_array(struct call *call, const unsigned char (*items)[16], size_t count);

/* Run a statement and read its only row into *record, as `shape` describes. FAULT_NOT_FOUND if
 * there is no row; FAULT_INTERNAL if there are several. */
MUST_USE bool db_one_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record);

/* Run a statement that has one row or none; set *found, and read the row, if any, into *record, as
 * `shape` describes. FAULT_INTERNAL if there are several rows. */
MUST_USE bool db_maybe_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record, bool *found);

/* Run a statement and read all its rows into *rows, an array of records in call->arena, as `shape`
 * describes. */
MUST_USE bool db_rows_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, struct list *rows);

/* Run a statement and ignore its rows. *changed (`changed` may be NULL) is set to the number of
 * rows inserted, updated or deleted. */
MUST_USE bool db_run_args(
    struct call *call, const struct db_query *query, struct db_args args, int64_t *changed);

#endif
