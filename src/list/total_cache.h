/*
 * Total cache: remembers for a minute that a list has at least a certain number of rows.
 *
 * Counting up to ten thousand rows takes as long as ten pages. "At least so many" stays true except
 * for deletions, so it is cached; an exact total never is. The cache belongs to this process. Both
 * functions may be called from any thread.
 */
#ifndef LIST_TOTAL_CACHE_H
#define LIST_TOTAL_CACHE_H

#include <stdbool.h>
#include <stdint.h>

/* Look up the total that was kept for `key` within the last minute. Returns false, and leaves
 * *at_least unchanged, if there is none. */
bool total_cache_find(const char *key, int64_t *at_least);

/* Keep a total for a minute. `key` is copied: it names organisation, area, list and filters. Keys
 * of 400 bytes or more are ignored; another key may push this one out. */
void total_cache_keep(const char *key, int64_t at_least);

#endif
