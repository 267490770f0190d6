#include "metric/metric.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES 64

_Atomic int64_t metric_cells[METRIC_PLACES];

static const int64_t bounds[] = { METRIC_BOUNDS };

_Static_assert(sizeof bounds / sizeof bounds[0] == METRIC_BOUNDS_COUNT, "METRIC_BOUNDS_COUNT");

/* Where the names of each label's values begin. */
enum name_place {
#define LABEL(label, name, most, sparse)                                                           \
    NAMES_##label, NAMES_##label##_LAST = NAMES_##label + (most)-1,
#define METRIC(metric, name, kind, first, second, unit, about)
#include "metric/metric.def"
#undef LABEL
#undef METRIC
    NAMES_COUNT
};

static const struct {
    unsigned first, count;
} name_places[LABEL_COUNT] = {
#define LABEL(label, name, most, sparse) { NAMES_##label, most },
#define METRIC(metric, name, kind, first, second, unit, about)
#include "metric/metric.def"
#undef LABEL
#undef METRIC
};

/* Written under the lock. A name that is known stays, so it is read without. */
static pthread_mutex_t names_lock = PTHREAD_MUTEX_INITIALIZER;
static char names[NAMES_COUNT][NAME_MAX_BYTES];
static atomic_bool known[NAMES_COUNT];

static void metric_observe_scaled(unsigned place, int64_t value, int64_t scale)
{
    unsigned bucket = 0;

    while (bucket < METRIC_BOUNDS_COUNT && value > bounds[bucket] * scale)
        bucket++;
    metric_add(place + bucket, 1);
    metric_add(place + METRIC_BOUNDS_COUNT + 1, value);
}

void metric_observe(unsigned place, int64_t value)
{
    metric_observe_scaled(place, value, 1);
}

void metric_observe_us(unsigned place, int64_t us)
{
    metric_observe_scaled(place, us, 1000);
}

static void name_clean(const char *name, char clean[NAME_MAX_BYTES])
{
    snprintf(clean, NAME_MAX_BYTES, "%s", name);
    for (char *c = clean; *c; c++)
        if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
            *c = '_';
}

void metric_name(enum metric_label label, unsigned value, const char *name)
{
    const unsigned place = name_places[label].first + value;
    char clean[NAME_MAX_BYTES];

    assert(value < name_places[label].count);
    name_clean(name, clean);
    pthread_mutex_lock(&names_lock);
    if (!atomic_load(&known[place]) || strcmp(names[place], clean) != 0)
        memcpy(names[place], clean, sizeof clean);
    atomic_store(&known[place], true);
    pthread_mutex_unlock(&names_lock);
}

/* "link" of "link-3". */
static void name_cut(char *name)
{
    char *end = name + strlen(name);

    while (end > name && end[-1] >= '0' && end[-1] <= '9')
        end--;
    if (end > name && *end && end[-1] == '-')
        end[-1] = '\0';
}

unsigned metric_find(enum metric_label label, const char *name)
{
    static pthread_mutex_t find_lock = PTHREAD_MUTEX_INITIALIZER;
    const unsigned most = name_places[label].count;
    char clean[NAME_MAX_BYTES];
    unsigned value = 1;

    name_clean(name, clean);
    name_cut(clean);
    pthread_mutex_lock(&find_lock);
    while (value < most && *metric_label_value(label, value)
        && strcmp(metric_label_value(label, value), clean) != 0)
        value++;
    if (value == most)
        metric_name(label, value = 0, "other");
    else
        metric_name(label, value, clean);
    pthread_mutex_unlock(&find_lock);
    return value;
}

const char *metric_label_value(enum metric_label label, unsigned value)
{
    const unsigned place = name_places[label].first + value;

    assert(value < name_places[label].count);
    return atomic_load(&known[place]) ? names[place] : "";
}
