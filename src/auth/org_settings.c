#include "auth/org_settings.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "auth/org.sql.h"
#include "base/shape.h"
#include "db/db.h"

/* The organisations with values of their own, by id. A table never changes: a new one takes its
 * place, and the old one stays, because somebody may be reading it. */
struct org_settings_table {
    struct org_settings_table *before;
    size_t count;
    struct org_settings rows[];
};

static struct org_settings defaults = {
    .idle_seconds = 1800,
    .absolute_seconds = 3600,
    .registration = true,
    .anonymise = true,
};
static _Atomic(struct org_settings_table *) org_settings_now;

static const struct field org_settings_fields[] = {
    FIELD(struct org_settings, org_id),
    FIELD(struct org_settings, idle_seconds),
    FIELD(struct org_settings, absolute_seconds),
    FIELD(struct org_settings, registration),
    FIELD(struct org_settings, admin_two_factor),
    FIELD(struct org_settings, anonymise),
};

static const struct shape org_settings_shape = SHAPE(struct org_settings, org_settings_fields);

struct org_settings *org_settings_defaults(void)
{
    return &defaults;
}

struct org_settings org_settings_of(int64_t org_id)
{
    const struct org_settings_table *now =
        atomic_load_explicit(&org_settings_now, memory_order_acquire);
    size_t from = 0, to = now ? now->count : 0;

    while (from < to) {
        const size_t middle = from + (to - from) / 2;

        if (now->rows[middle].org_id == org_id)
            return now->rows[middle];
        if (now->rows[middle].org_id < org_id)
            from = middle + 1;
        else
            to = middle;
    }
    return defaults;
}

static bool org_settings_are_same(const struct org_settings_table *now, const struct list *rows)
{
    const struct org_settings *each = rows->items;

    if ((now ? now->count : 0) != rows->count)
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct org_settings *one = &each[i], *other = &now->rows[i];

        if (one->org_id != other->org_id || one->idle_seconds != other->idle_seconds
            || one->absolute_seconds != other->absolute_seconds
            || one->registration != other->registration
            || one->admin_two_factor != other->admin_two_factor
            || one->anonymise != other->anonymise)
            return false;
    }
    return true;
}

bool org_settings_load(struct call *call)
{
    struct org_settings_table *now = atomic_load(&org_settings_now);
    struct list rows;

    call->org_id = 0;
    if (!db_rows(call,
            ORG_SETTINGS_ALL(.idle_seconds = defaults.idle_seconds,
                .absolute_seconds = defaults.absolute_seconds,
                .registration = defaults.registration,
                .admin_two_factor = defaults.admin_two_factor, .anonymise = defaults.anonymise),
            &org_settings_shape, &rows))
        return false;
    if (org_settings_are_same(now, &rows))
        return true;

    const size_t size = rows.count * sizeof(struct org_settings);
    struct org_settings_table *next = malloc(sizeof *next + size);

    if (!next)
        abort();
    *next = (struct org_settings_table){ .before = now, .count = rows.count };
    if (rows.count)
        memcpy(next->rows, rows.items, size);
    atomic_store_explicit(&org_settings_now, next, memory_order_release);
    return true;
}
