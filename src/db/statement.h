/*
 * Statement: an SQL statement as a constant, and the passing of its arguments by name.
 *
 * tools/sqlembed.c generates from the .sql files, for each statement: a struct db_query, a struct
 * of its arguments, and a macro that makes a struct db_statement. $1 of each statement is the
 * organisation (tenant), which db/ adds itself.
 */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A bigint[] argument of `count` items; NO_I64 (no value) is a NULL element. */
struct db_i64s {
    const int64_t *items;
    size_t count;
};

/* A text[] argument of `count` items; a NULL text is a NULL element. */
struct db_texts {
    const char *const *items;
    size_t count;
};

/* A uuid[] argument of `count` UUIDs, 16 bytes each. */
struct db_uuids {
    const unsigned char (*items)[16];
    size_t count;
};

/* The C type of an argument, as the member of the statement's struct of arguments has it. */
enum db_kind {
    DB_I64, /* int64_t; NO_I64 is SQL NULL */
    DB_ID, /* int64_t, a row id; 0 is SQL NULL */
    DB_BOOL, /* bool */
    DB_TEXT, /* const char *, the text form of any SQL type; NULL is SQL NULL */
    DB_I64S, /* struct db_i64s */
    DB_TEXTS, /* struct db_texts */
    DB_UUIDS, /* struct db_uuids */
};

/* The description of one argument of a statement. */
struct db_arg {
    const char *type; /* the PostgreSQL type, such as "bigint" */
    enum db_kind kind; /* its C type */
    size_t offset; /* of its member in the statement's struct of arguments, in bytes */
};

/* An SQL statement of the program, without values. A generated constant. */
struct db_query {
    const char *name; /* of the prepared statement; also in the log */
    const char *text; /* the SQL */
    int params; /* how many parameters it has, with $1, the organisation */
    const struct db_arg *args; /* the parameters from $2 on */
};

/* A statement with the values of its arguments, to be passed to db_one() and the like (db/db.h).
 * Made by the generated macros: BAG_BY_CODE(.code = code). Arguments not named are NULL or 0. */
struct db_statement {
    const struct db_query *query;
    const void *args; /* the statement's struct of arguments */
};

/* Makes a struct db_statement from a struct db_query, its struct of arguments (`type`) and their
 * values by name. Used by the generated macros only. */
#define DB_STATEMENT(query, type, ...)                                                             \
    ((struct db_statement){ &(query), &(const type){ .none = 0, __VA_ARGS__ } })

#endif
