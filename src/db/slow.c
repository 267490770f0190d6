#include "db/slow.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "metric/metric.h"

/* More than the program has statements; should it ever not be, the rest shares the last row. */
#define SLOW_MAX 512
#define SLOW_REST "(others)"

struct slow_row {
    const char *name;
    int64_t calls, total_us, max_us;
    char last_at[32];
};

static struct {
    pthread_mutex_t lock;
    size_t count;
    struct slow_row rows[SLOW_MAX];
} slow = { .lock = PTHREAD_MUTEX_INITIALIZER };

static const struct field slow_statement_fields[] = {
    FIELD(struct slow_statement, name),
    FIELD(struct slow_statement, calls),
    FIELD(struct slow_statement, total_ms),
    FIELD(struct slow_statement, mean_ms),
    FIELD(struct slow_statement, max_ms),
    FIELD(struct slow_statement, last_at),
};

const struct shape slow_statement_shape = SHAPE(struct slow_statement, slow_statement_fields);

static struct slow_row *slow_row_of(const char *name)
{
    size_t i = 0;

    while (i < slow.count && strcmp(slow.rows[i].name, name) != 0)
        i++;
    if (i == SLOW_MAX)
        return &slow.rows[SLOW_MAX - 1];
    if (i == slow.count) {
        slow.rows[i].name = i == SLOW_MAX - 1 ? SLOW_REST : name;
        slow.count++;
    }
    return &slow.rows[i];
}

void slow_note(const char *name, int64_t took_us)
{
    metric_add(METRIC_SLOW_STATEMENTS, 1);
    pthread_mutex_lock(&slow.lock);
    struct slow_row *row = slow_row_of(name);

    row->calls++;
    row->total_us += took_us;
    if (took_us > row->max_us)
        row->max_us = took_us;
    clock_rfc3339(row->last_at);
    pthread_mutex_unlock(&slow.lock);
}

static int slow_compare(const void *a, const void *b)
{
    const int64_t left = ((const struct slow_statement *)a)->total_ms;
    const int64_t right = ((const struct slow_statement *)b)->total_ms;

    return (left < right) - (left > right);
}

void slow_list(struct arena *arena, struct list *rows)
{
    pthread_mutex_lock(&slow.lock);
    struct slow_statement *items = NEW_ARRAY(arena, struct slow_statement, slow.count + 1);

    rows->items = items;
    rows->count = slow.count;
    for (size_t i = 0; i < slow.count; i++) {
        const struct slow_row *row = &slow.rows[i];

        items[i] = (struct slow_statement){ .name = row->name,
            .calls = row->calls,
            .total_ms = row->total_us / 1000,
            .mean_ms = row->total_us / 1000 / row->calls,
            .max_ms = row->max_us / 1000,
            .last_at = arena_text(arena, row->last_at) };
    }
    pthread_mutex_unlock(&slow.lock);
    qsort(items, rows->count, sizeof *items, slow_compare);
}
