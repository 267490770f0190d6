/*
 * Copy: loads many rows into one table, by PostgreSQL's COPY in binary format.
 *
 * Rows go through a buffer of fixed size, so any number of them needs the same memory. The values
 * of a row must come in the order of the columns and have exactly the column's type, because the
 * binary format converts nothing. After a lost connection further values are ignored, and
 * db_copy_end() reports it.
 *
 * A call is one unit of work (base/call.h), with memory, database session and, on failure, a fault.
 */
#ifndef DB_DB_COPY_H
#define DB_DB_COPY_H

#include "base/call.h"

/* A COPY that is being written; made by db_copy_begin(). */
struct db_copy;

/* Begin a COPY into a table: `into` is a constant such as "bag (org_id, qr)", with `columns`
 * columns. *copy is in call->arena. The session must be in a transaction, and can't be used for
 * anything else until db_copy_end(). Sets the faults of db/db.h. */
MUST_USE bool db_copy_begin(
    struct call *call, const char *into, int columns, struct db_copy **copy);

/* Begin a row; the previous one must have all its columns. */
void db_copy_row(struct db_copy *copy);

/* Add SQL NULL as the row's next column. */
void db_copy_null(struct db_copy *copy);

/* Add a bigint as the row's next column; NO_I64 (no value) is SQL NULL. */
void db_copy_i64(struct db_copy *copy, int64_t value);

/* Add a row id (bigint) as the row's next column; 0 is SQL NULL. */
void db_copy_id(struct db_copy *copy, int64_t id);

/* Add an integer (32 bits) as the row's next column. */
void db_copy_i32(struct db_copy *copy, int value);

/* Add a smallint (16 bits) as the row's next column. */
void db_copy_i16(struct db_copy *copy, int value);

/* Add a boolean as the row's next column. */
void db_copy_bool(struct db_copy *copy, bool value);

/* Add a text, or a word of an enum type, as the row's next column; NULL is SQL NULL. At most
 * 64 KiB. */
void db_copy_text(struct db_copy *copy, const char *value);

/* Add a bytea as the row's next column, at most 60,000 bytes. */
void db_copy_bytes(struct db_copy *copy, const void *bytes, size_t length);

/* Add a jsonb value as the row's next column, from JSON text, not NULL. At most 64 KiB. */
void db_copy_jsonb(struct db_copy *copy, const char *value);

/* Add a uuid as the row's next column. */
void db_copy_uuid(struct db_copy *copy, const unsigned char uuid[16]);

/* Add a timestamptz as the row's next column, from microseconds since 1970-01-01 UTC. */
void db_copy_time(struct db_copy *copy, int64_t unix_us);

/* End the COPY; true if all rows are in the table. FAULT_CONFLICT for a duplicate key,
 * FAULT_DATABASE if the connection is lost, and the other faults of db/db.h. */
MUST_USE bool db_copy_end(struct db_copy *copy);

#endif
