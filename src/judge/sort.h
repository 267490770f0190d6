/*
 * Sort: sorts arrays of codes and ids, without duplicates.
 *
 * All code locks database rows in this order, so that transactions can't deadlock.
 */
#ifndef JUDGE_SORT_H
#define JUDGE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sort the texts in place, in the order of strcmp(), drop duplicates, and return how many are left.
 */
size_t sort_texts(const char **items, size_t count);

/* Sort the numbers in place, ascending, drop duplicates, and return how many are left. */
size_t sort_i64s(int64_t *items, size_t count);

#endif
