/*
 * Records: turns a list of structs into columns, arrays that an SQL statement takes as arguments.
 *
 * A statement that writes many rows takes one array for each column. A record is a struct; `offset`
 * is offsetof() the member that becomes a column. A call is one unit of work (base/call.h);
 * call->arena is its memory, freed when it ends.
 */
#ifndef DB_RECORDS_H
#define DB_RECORDS_H

#include "base/call.h"
#include "db/statement.h"

/* The records of one list: pointers to structs of one type. Made by records_new(). */
struct records {
    const void **items; /* in call->arena */
    size_t count; /* records that were added */
};

/* Make an empty list in call->arena with room for `most` pointers to records, which are structs of
 * one type. The records are the caller's: they must live until the columns are made. */
struct records records_new(struct call *call, size_t most);

/* Append a pointer to a record. The list must have room for it: this is not checked. */
void records_add(struct records *records, const void *record);

/* Collect the UUID member (16 bytes) at `offset` of each record as a uuid[] argument, in
 * call->arena. */
struct db_uuids records_uuids(struct call *call, const struct records *records, size_t offset);

/* Collect the int64_t member at `offset` of each record as a bigint[] argument, in call->arena. */
struct db_i64s records_i64s(struct call *call, const struct records *records, size_t offset);

/* Collect the text member (const char *) at `offset` of each record as a text[] argument; the array
 * is in call->arena, the texts are not copied. */
struct db_texts records_texts(struct call *call, const struct records *records, size_t offset);

/* Collect the bool member at `offset` of each record as a bigint[] argument of 0 and 1, in
 * call->arena. */
struct db_i64s records_bools(struct call *call, const struct records *records, size_t offset);

/* Collect the enum member at `offset` of each record as a text[] argument of its words in `set`, in
 * call->arena; 0 ("none") is a NULL element. */
struct db_texts records_words(
    struct call *call, const struct records *records, size_t offset, const struct word_set *set);

#endif
