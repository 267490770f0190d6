/*
 * Statement: an SQL constant, and the passing of its arguments.
 *
 * tools/sqlembed.c generates all of it from the .sql files: for each statement a struct of its
 * arguments, a table of their places in it, and a macro that takes them by name.
 */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Arrays as arguments: a NULL text, or NO_I64, is a NULL element. */
struct db_i64s {
    const int64_t *items;
    size_t count;
};

/* A text[] argument; a NULL text is a NULL element. */
struct db_texts {
    const char *const *items;
    size_t count;
};

/* A uuid[] argument. */
struct db_uuids {
    const unsigned char (*items)[16];
    size_t count;
};

/* How an argument is stored in C. */
enum db_kind {
    DB_I64, /* int64_t; NO_I64 is NULL */
    DB_ID, /* int64_t; 0 is NULL */
    DB_BOOL,
    DB_TEXT, /* const char *, the text of any type; NULL is NULL */
    DB_I64S,
    DB_TEXTS,
    DB_UUIDS,
};

/* An argument: PostgreSQL's name of its type, and its place in the statement's struct. */
struct db_arg {
    const char *type;
    enum db_kind kind;
    size_t offset;
};

/* An SQL statement of the program. */
struct db_query {
    const char *name; /* of the prepared statement; also in the log */
    const char *text;
    int params; /* including the organisation */
    const struct db_arg *args; /* $2 and up */
};

/*
 * A statement with its arguments, made by the generated macros: BAG_BY_CODE(.code = code). An
 * argument that isn't named is NULL, or 0 if it is a number.
 */
struct db_statement {
    const struct db_query *query;
    const void *args;
};

#define DB_STATEMENT(query, type, ...)                                                             \
    ((struct db_statement){ &(query), &(const type){ .none = 0, __VA_ARGS__ } })

#endif
