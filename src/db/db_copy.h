/*
 * Copy: loads hundreds of thousands of rows into one table, through COPY in its binary format.
 *
 * Rows are collected in a buffer of fixed size, so any number of them needs the same memory. The
 * values of a row must come in the order of the columns and have exactly the column's type, because
 * the binary format converts nothing. If the connection is lost, further values are dropped and
 * db_copy_end() reports it.
 */
#ifndef DB_DB_COPY_H
#define DB_DB_COPY_H

#include "base/call.h"

struct db_copy;

/*
 * Within the call's transaction. `into` is a constant, "table (column, column)". The session can't
 * be used for anything else until db_copy_end(). FAULT_DATABASE.
 */
MUST_USE bool db_copy_begin(
    struct call *call, const char *into, int columns, struct db_copy **copy);

/* Begin a row; the previous one must be complete. */
void db_copy_row(struct db_copy *copy);

/* Add a column to the row: SQL NULL. */
void db_copy_null(struct db_copy *copy);
void db_copy_i64(struct db_copy *copy, int64_t value); /* bigint; NO_I64 is NULL */
void db_copy_id(struct db_copy *copy, int64_t id); /* bigint; 0 is NULL */
void db_copy_i32(struct db_copy *copy, int value); /* integer */
void db_copy_i16(struct db_copy *copy, int value); /* smallint */
void db_copy_bool(struct db_copy *copy, bool value);
void db_copy_text(struct db_copy *copy, const char *value); /* text, an enumeration; NULL is NULL */
void db_copy_jsonb(struct db_copy *copy, const char *value);

/* Add a column to the row: a uuid. */
void db_copy_uuid(struct db_copy *copy, const unsigned char uuid[16]);
void db_copy_time(struct db_copy *copy, int64_t unix_us); /* timestamptz */

/* All rows are in the table. FAULT_CONFLICT and the other faults of db.h. */
MUST_USE bool db_copy_end(struct db_copy *copy);

#endif
