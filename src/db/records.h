/*
 * Records: some of the structs of one kind, to be written column by column.
 *
 * A statement that writes many rows takes one array for each column. Everything is in the call's
 * arena.
 */
#ifndef DB_RECORDS_H
#define DB_RECORDS_H

#include "base/call.h"
#include "db/statement.h"

/* Pointers to the records whose members become the columns. */
struct records {
    const void **items;
    size_t count;
};

/* An empty list of pointers to records, of whatever struct, with room for `most` of them; to add
 * more is an error of the program. */
struct records records_new(struct call *call, size_t most);

/* Add one record; there must be room for it. */
void records_add(struct records *records, const void *record);

/* The member at `offset` of each: 16 bytes of an id, an int64_t, a text, a bool as 0 or 1, or a
 * word of the set. */
struct db_uuids records_uuids(struct call *call, const struct records *records, size_t offset);

/* The int64_t member at `offset` of each record, as one bigint[] argument. */
struct db_i64s records_i64s(struct call *call, const struct records *records, size_t offset);

/* The text member at `offset` of each record, as one text[] argument. */
struct db_texts records_texts(struct call *call, const struct records *records, size_t offset);

/* The bool member at `offset` of each record, as a bigint[] argument of 0 and 1. */
struct db_i64s records_bools(struct call *call, const struct records *records, size_t offset);

/* The enum member at `offset` of each record, as a text[] argument of words of the set. */
struct db_texts records_words(
    struct call *call, const struct records *records, size_t offset, const struct word_set *set);

#endif
