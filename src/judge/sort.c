#include "judge/sort.h"

#include <stdlib.h>
#include <string.h>

static int sort_compare_texts(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static int sort_compare_i64s(const void *one, const void *other)
{
    const int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

    return (a > b) - (a < b);
}

size_t sort_texts(const char **items, size_t count)
{
    size_t kept = 0;

    qsort(items, count, sizeof *items, sort_compare_texts);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(items[kept - 1], items[i]) != 0)
            items[kept++] = items[i];
    return kept;
}

size_t sort_i64s(int64_t *items, size_t count)
{
    size_t kept = 0;

    qsort(items, count, sizeof *items, sort_compare_i64s);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || items[kept - 1] != items[i])
            items[kept++] = items[i];
    return kept;
}
