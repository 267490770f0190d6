/*
 * Sort: keys in the one order in which everybody locks rows.
 */
#ifndef JUDGE_SORT_H
#define JUDGE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sort in place, by the texts' bytes or by the numbers, keep each once, and return how many are
 * left. */
size_t sort_texts(const char **items, size_t count);
size_t sort_i64s(int64_t *items, size_t count);

#endif
