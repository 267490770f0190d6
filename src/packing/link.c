#include "packing/link.h"

#include <string.h>

#include "bag/code.h"
#include "bag/rules.h"
#include "http/ticket.h"
#include "packing/store.h"

static struct lanes link_lanes;

static bool link_run(struct call *call, struct lane_item **items, size_t count)
{
    struct packing_scan **scans = NEW_ARRAY(&call->arena, struct packing_scan *, count);

    for (size_t i = 0; i < count; i++)
        scans[i] = &((struct link_item *)items[i])->scan;
    return packing_store_scans(call, scans, count);
}

static void link_done(struct lane_item *item)
{
    ticket_done(((struct link_item *)item)->ticket);
}

void link_lanes_start(const char *conninfo, const struct lanes_settings *settings)
{
    lanes_start(&link_lanes, "link", settings, link_run, link_done, conninfo);
}

void link_lanes_stop(void)
{
    lanes_stop(&link_lanes);
}

bool link_lanes_push(struct link_item *item, const char *first_parent)
{
    return lanes_push(
        &link_lanes, lane_key_hash('p', first_parent, strlen(first_parent)), &item->item);
}

void link_parent_to_json(struct json *json, const struct packing_scan *scan)
{
    if (!scan->capacity || scan->verdict == VERDICT_OTHER_AREA)
        return;

    json_key(json, "parent");
    json_open(json, '{');
    json_put_text(json, "qr", scan->parent);
    json_put_i64(json, "child_count", scan->held);
    json_put_i64(json, "capacity", scan->capacity);
    json_put_text(
        json, "status", bag_status_name(bag_status_of(scan->held, scan->capacity, scan->closed)));
    json_close(json, '}');
}
