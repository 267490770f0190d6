/*
 * Total cache: which lists are known to be long.
 *
 * Counting to ten thousand takes as long as ten pages. That there are at least so many stays true
 * but for deletions, so it is looked up for a minute; a figure that is exact is never kept. This
 * server's own, from any thread.
 */
#ifndef LIST_TOTAL_CACHE_H
#define LIST_TOTAL_CACHE_H

#include <stdbool.h>
#include <stdint.h>

/* What was kept for this list with these filters, if it was. */
bool total_cache_find(const char *key, int64_t *at_least);

void total_cache_keep(const char *key, int64_t at_least);

#endif
