/*
 * Copy: rows by the hundred thousand into one table, through COPY in its binary form.
 *
 * Rows are gathered in a buffer of fixed size, so any number of them needs the same memory. The
 * values of a row come in the order of the columns; each has to be of its column's very type, for
 * the binary form converts nothing. A lost connection is remembered: what is put then goes nowhere,
 * and db_copy_end() says so.
 */
#ifndef DB_DB_COPY_H
#define DB_DB_COPY_H

#include "base/call.h"

struct db_copy;

/*
 * Within the call's transaction. `into` is a constant, "table (column, column)". Nothing else may
 * be asked of the session until the end. FAULT_DATABASE.
 */
MUST_USE bool db_copy_begin(
    struct call *call, const char *into, int columns, struct db_copy **copy);

/* A new row; the one before has all its values. */
void db_copy_row(struct db_copy *copy);

void db_copy_null(struct db_copy *copy);
void db_copy_i64(struct db_copy *copy, int64_t value); /* bigint; NO_I64 is NULL */
void db_copy_id(struct db_copy *copy, int64_t id); /* bigint; 0 is NULL */
void db_copy_i32(struct db_copy *copy, int value); /* integer */
void db_copy_i16(struct db_copy *copy, int value); /* smallint */
void db_copy_bool(struct db_copy *copy, bool value);
void db_copy_text(struct db_copy *copy, const char *value); /* text, an enumeration; NULL is NULL */
void db_copy_jsonb(struct db_copy *copy, const char *value);
void db_copy_uuid(struct db_copy *copy, const unsigned char uuid[16]);
void db_copy_time(struct db_copy *copy, int64_t unix_us); /* timestamptz */

/* The rows are in the table. FAULT_CONFLICT and the others of db.h. */
MUST_USE bool db_copy_end(struct db_copy *copy);

#endif
