/*
 * Db args: statements whose arguments are given by position. The program's own have them by name
 * (db/statement.h); tests that ask something of their own use this.
 */
#ifndef DB_DB_ARGS_H
#define DB_DB_ARGS_H

#include "db/db.h"

/* One argument as it is sent to PostgreSQL. */
struct db_param {
    const char *bytes; /* NULL is SQL NULL */
    int length; /* of binary parameters */
    int format; /* 0 text, 1 binary */
};

/* The arguments of a statement from $2 on, in order; see DB_ARGS(). */
struct db_args {
    int count;
    const struct db_param *items;
};

#define DB_PARAMS(...) ((const struct db_param[]){ __VA_ARGS__ })
#define DB_ARGS(...)                                                                               \
    ((struct db_args){                                                                             \
        (int)(sizeof DB_PARAMS(__VA_ARGS__) / sizeof(struct db_param)), DB_PARAMS(__VA_ARGS__) })
#define DB_NO_ARGS ((struct db_args){ 0, NULL })

struct db_param db_text(const char *text); /* NULL is SQL NULL */
struct db_param db_i64(struct call *call, int64_t value); /* NO_I64 is SQL NULL */
struct db_param db_id(struct call *call, int64_t id); /* 0 is SQL NULL */
struct db_param db_bool(bool value);

/* Binary arrays; a NULL text, or NO_I64, is a NULL element. */
struct db_param db_i64_array(struct call *call, const int64_t *items, size_t count);

/* A text[] argument, in the call's arena; a NULL text is a NULL element. */
struct db_param db_text_array(struct call *call, const char *const *items, size_t count);

/* A uuid[] argument, in the call's arena. */
struct db_param db_uuid_array(struct call *call, const unsigned char (*items)[16], size_t count);

/* As db_one() of db/db.h, with arguments by position. */
MUST_USE bool db_one_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record);

/* As db_one_or_none() of db/db.h, with arguments by position. */
MUST_USE bool db_maybe_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, void *record, bool *found);

/* As db_rows() of db/db.h, with arguments by position. */
MUST_USE bool db_rows_args(struct call *call, const struct db_query *query, struct db_args args,
    const struct shape *shape, struct list *rows);

/* As db_run() of db/db.h, with arguments by position. */
MUST_USE bool db_run_args(
    struct call *call, const struct db_query *query, struct db_args args, int64_t *changed);

#endif
