#include "db/records.h"

#include <string.h>

struct records records_new(struct call *call, size_t most)
{
    return (struct records){ NEW_ARRAY(&call->arena, const void *, most), 0 };
}

void records_add(struct records *records, const void *record)
{
    records->items[records->count++] = record;
}

static const char *records_member(const struct records *records, size_t i, size_t offset)
{
    return (const char *)records->items[i] + offset;
}

struct db_uuids records_uuids(struct call *call, const struct records *records, size_t offset)
{
    unsigned char(*column)[16] = arena_alloc(&call->arena, records->count, 16);

    for (size_t i = 0; i < records->count; i++)
        memcpy(column[i], records_member(records, i, offset), 16);
    return (struct db_uuids){ (const unsigned char(*)[16])column, records->count };
}

struct db_i64s records_i64s(struct call *call, const struct records *records, size_t offset)
{
    int64_t *column = NEW_ARRAY(&call->arena, int64_t, records->count);

    for (size_t i = 0; i < records->count; i++)
        memcpy(&column[i], records_member(records, i, offset), sizeof *column);
    return (struct db_i64s){ column, records->count };
}

struct db_texts records_texts(struct call *call, const struct records *records, size_t offset)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, records->count);

    for (size_t i = 0; i < records->count; i++)
        memcpy(&column[i], records_member(records, i, offset), sizeof *column);
    return (struct db_texts){ column, records->count };
}

struct db_i64s records_bools(struct call *call, const struct records *records, size_t offset)
{
    int64_t *column = NEW_ARRAY(&call->arena, int64_t, records->count);

    for (size_t i = 0; i < records->count; i++)
        column[i] = *(const bool *)records_member(records, i, offset);
    return (struct db_i64s){ column, records->count };
}

struct db_texts records_words(
    struct call *call, const struct records *records, size_t offset, const struct word_set *set)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, records->count);

    for (size_t i = 0; i < records->count; i++) {
        unsigned word;

        memcpy(&word, records_member(records, i, offset), sizeof word);
        column[i] = set->words[word];
    }
    return (struct db_texts){ column, records->count };
}
