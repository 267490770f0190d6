#include "export/audit_export.h"

#include <stdio.h>

#include "audit/audit_filter.h"
#include "base/text.h"

#define AUDIT_EXPORT_PAGE 1000

static const char *const filters[] = { "user", "action", "entity", "from", "to", NULL };

static const struct column columns[] = {
    { "Note", 10, FIELD(struct audit_row, id) },
    { "When", 24, FIELD_AS(struct audit_row, at, FIELD_TIME) },
    { "Who", 20, FIELD(struct audit_row, user) },
    { "Action", 20, FIELD(struct audit_row, action) },
    { "Thing", 12, FIELD(struct audit_row, entity) },
    { "Number of the thing", 12, FIELD(struct audit_row, entity_id) },
    { "Name of the thing", 20, FIELD(struct audit_row, name) },
    { "Before", 40, FIELD_AS(struct audit_row, before, FIELD_RAW) },
    { "After", 40, FIELD_AS(struct audit_row, after, FIELD_RAW) },
    { "Reason", 40, FIELD(struct audit_row, reason) },
    { "Address", 18, FIELD(struct audit_row, address) },
    { "Request", 36, FIELD(struct audit_row, request_id) },
};

struct audit_export_walk {
    struct audit_filter filter;
    char cursor[48]; /* of the page before */
};

static bool audit_export_begin(struct call *call, const struct request *request, void **walk)
{
    struct audit_export_walk *own = NEW(&call->arena, struct audit_export_walk);

    *walk = own;
    if (!audit_filter_read(call, request, &own->filter))
        return false;
    own->filter.count = AUDIT_EXPORT_PAGE;
    return true;
}

static bool next(struct call *call, void *walk, struct list *rows)
{
    struct audit_export_walk *own = walk;

    if (!audit_list(call, &own->filter, rows))
        return false;
    if (!rows->count)
        return true;

    const struct audit_row *last = (const struct audit_row *)rows->items + rows->count - 1;

    snprintf(own->cursor, sizeof own->cursor, "%s", last->cursor);
    own->filter.cursor = own->cursor;
    return true;
}

const struct export audit_export = {
    .name = "audit",
    .action = AUDIT_EXPORT,
    .title = "Audit",
    .filters = filters,
    .columns = columns,
    .columns_count = COUNT_OF(columns),
    .row_size = sizeof(struct audit_row),
    .begin = audit_export_begin,
    .next = next,
};
