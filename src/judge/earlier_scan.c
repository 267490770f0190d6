#include "judge/earlier_scan.h"

#include <string.h>

#include "base/text.h"
#include "judge/earlier_scan.sql.h"

static const struct field earlier_scan_fields[] = {
    FIELD(struct earlier_scan, n),
    FIELD_OF(struct earlier_scan, kind, scan_kind_set),
    FIELD_OF(struct earlier_scan, verdict, verdict_set),
    FIELD(struct earlier_scan, user_id),
    FIELD(struct earlier_scan, parent),
    FIELD(struct earlier_scan, child),
    FIELD(struct earlier_scan, bill),
    FIELD(struct earlier_scan, ticket),
    FIELD(struct earlier_scan, other),
    FIELD(struct earlier_scan, parent_known),
    FIELD(struct earlier_scan, child_known),
    FIELD(struct earlier_scan, scanned),
    FIELD(struct earlier_scan, held),
    FIELD(struct earlier_scan, capacity),
    FIELD(struct earlier_scan, closed),
    FIELD(struct earlier_scan, children),
    FIELD(struct earlier_scan, weight_g),
    FIELD(struct earlier_scan, expected_g),
    FIELD(struct earlier_scan, bag_children),
    FIELD(struct earlier_scan, bag_capacity),
    FIELD(struct earlier_scan, bag_weight_g),
    FIELD(struct earlier_scan, ticket_bags),
};

static const struct shape earlier_scan_shape = SHAPE(struct earlier_scan, earlier_scan_fields);

void earlier_scans_add_fetch(
    struct call *call, struct db_pipeline *pipeline, struct db_uuids ids, struct list *earlier)
{
    const unsigned char *first = ids.items[0], *last = ids.items[0];

    for (size_t i = 1; i < ids.count; i++) {
        if (memcmp(ids.items[i], first, 16) < 0)
            first = ids.items[i];
        if (memcmp(ids.items[i], last, 16) > 0)
            last = ids.items[i];
    }
    db_pipeline_ask(call, pipeline,
        EARLIER_SCANS(.ids = ids, .first = uuid_text(&call->arena, first),
            .last = uuid_text(&call->arena, last)),
        &earlier_scan_shape, earlier);
}

bool earlier_scan_code_matches(const char *earlier, const char *now)
{
    return earlier && strcmp(earlier, now) == 0;
}
