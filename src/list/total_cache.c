#include "list/total_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

#define TOTAL_CACHE_US (60 * INT64_C(1000000))
#define TOTAL_CACHE_KEY_MAX 400

struct total_cache_entry {
    char key[TOTAL_CACHE_KEY_MAX];
    int64_t at_least, ends_us;
};

static struct total_cache_entry total_cache_entries[256];
static pthread_mutex_t total_cache_mutex = PTHREAD_MUTEX_INITIALIZER;

/* FNV-1a. Two keys of one place push each other out. */
static struct total_cache_entry *total_cache_place(const char *key)
{
    uint32_t hash = 2166136261;

    for (const char *at = key; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619;
    return &total_cache_entries[hash % COUNT_OF(total_cache_entries)];
}

bool total_cache_find(const char *key, int64_t *at_least)
{
    pthread_mutex_lock(&total_cache_mutex);

    const struct total_cache_entry *entry = total_cache_place(key);
    const bool found = entry->ends_us > clock_us() && strcmp(entry->key, key) == 0;

    if (found)
        *at_least = entry->at_least;
    pthread_mutex_unlock(&total_cache_mutex);
    return found;
}

void total_cache_keep(const char *key, int64_t at_least)
{
    if (strlen(key) >= TOTAL_CACHE_KEY_MAX)
        return;

    pthread_mutex_lock(&total_cache_mutex);

    struct total_cache_entry *entry = total_cache_place(key);

    snprintf(entry->key, sizeof entry->key, "%s", key);
    entry->at_least = at_least;
    entry->ends_us = clock_us() + TOTAL_CACHE_US;
    pthread_mutex_unlock(&total_cache_mutex);
}
