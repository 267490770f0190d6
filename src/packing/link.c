#include "packing/link.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bag/bag_words.h"
#include "bag/code.h"
#include "base/text.h"
#include "db/db.h"
#include "http/ticket.h"
#include "packing/packing.sql.h"
#include "stats/counter.h"

static struct lanes link_lanes;

struct verdict_row {
    int64_t n; /* of a known scan: its place among those asked for, from 1 */
    enum verdict verdict;
    const char *parent, *child, *other;
    int64_t held, capacity;
    bool closed;
    bool reused; /* of a known scan: the id was another one's */
};

static const struct field verdict_fields[] = {
    FIELD_OF(struct verdict_row, verdict, verdict_set),
    FIELD(struct verdict_row, parent),
    FIELD(struct verdict_row, child),
    FIELD(struct verdict_row, other),
    FIELD(struct verdict_row, held),
    FIELD(struct verdict_row, capacity),
    FIELD(struct verdict_row, closed),
    /* The last two: a fresh verdict has neither, they come in order. */
    FIELD(struct verdict_row, n),
    FIELD(struct verdict_row, reused),
};

static const struct shape link_known_shape = SHAPE(struct verdict_row, verdict_fields);
static const struct shape verdict_shape = { sizeof(struct verdict_row),
    COUNT_OF(verdict_fields) - 2, verdict_fields };

static void link_copy_text(char *target, size_t size, const char *source)
{
    const size_t length = source ? strnlen(source, size - 1) : 0;

    if (length)
        memcpy(target, source, length);
    target[length] = '\0';
}

static void link_store(struct link_scan *scan, const struct verdict_row *row)
{
    const bool shown = row->verdict != VERDICT_OTHER_AREA;

    scan->verdict = row->verdict;
    link_copy_text(
        scan->parent_code, sizeof scan->parent_code, row->parent ? row->parent : scan->parent);
    link_copy_text(
        scan->child_code, sizeof scan->child_code, row->child ? row->child : scan->child);
    link_copy_text(
        scan->where, sizeof scan->where, scan->verdict == VERDICT_ELSEWHERE ? row->other : NULL);
    scan->held = shown ? row->held : 0;
    scan->capacity = shown ? row->capacity : 0;
    scan->closed = shown && row->closed;
}

/* Nothing is told about the scan that has the id. */
static void link_store_known(struct link_scan *scan, const struct verdict_row *row)
{
    scan->id_reused = row->reused;
    if (!row->reused)
        link_store(scan, row);
}

bool link_judge(struct call *call, struct link_scan *const *scans, size_t count)
{
    unsigned char(*ids)[16] = arena_alloc(&call->arena, count, 16);
    int64_t *users = NEW_ARRAY(&call->arena, int64_t, count);
    int64_t *areas = NEW_ARRAY(&call->arena, int64_t, count);
    int64_t *ats = NEW_ARRAY(&call->arena, int64_t, count);
    const char **parents = NEW_ARRAY(&call->arena, const char *, count);
    const char **children = NEW_ARRAY(&call->arena, const char *, count);
    struct list rows;

    for (size_t i = 0; i < count; i++) {
        memcpy(ids[i], scans[i]->id, 16);
        users[i] = scans[i]->user_id;
        areas[i] = scans[i]->area_id ? scans[i]->area_id : NO_I64;
        ats[i] = scans[i]->at_us;
        parents[i] = scans[i]->parent;
        children[i] = scans[i]->child;
    }

    const struct db_args args = DB_ARGS(db_i64(call, counter_slot(call)),
        db_uuid_array(call, (const unsigned char(*)[16])ids, count),
        db_i64_array(call, users, count), db_i64_array(call, areas, count),
        db_text_array(call, parents, count), db_text_array(call, children, count),
        db_i64_array(call, ats, count));

    if (!db_rows(call, &PACKING_LINK, args, &verdict_shape, &rows))
        return false;

    assert(rows.count == count);
    for (size_t i = 0; i < count; i++)
        link_store(scans[i], (const struct verdict_row *)rows.items + i);
    return true;
}

/* Answer those scans that we have already, and leave the others in `scans`. */
static bool answer_known(struct call *call, struct link_scan **scans, size_t *count)
{
    unsigned char(*ids)[16] = arena_alloc(&call->arena, *count, 16);
    int64_t *users = NEW_ARRAY(&call->arena, int64_t, *count);
    const char **parents = NEW_ARRAY(&call->arena, const char *, *count);
    const char **children = NEW_ARRAY(&call->arena, const char *, *count);
    struct list rows;

    for (size_t i = 0; i < *count; i++) {
        memcpy(ids[i], scans[i]->id, 16);
        users[i] = scans[i]->user_id;
        parents[i] = scans[i]->parent;
        children[i] = scans[i]->child;
    }

    if (!db_rows(call,
            PACKING_LINK_KNOWN(.ids = { (const unsigned char(*)[16])ids, *count },
                .user_ids = { users, *count }, .parents = { parents, *count },
                .children = { children, *count }),
            &link_known_shape, &rows))
        return false;

    const struct verdict_row *row = rows.items, *end = row + rows.count;
    size_t left = 0;

    for (size_t i = 0; i < *count; i++)
        if (row < end && row->n == (int64_t)i + 1)
            link_store_known(scans[i], row++);
        else
            scans[left++] = scans[i];

    *count = left;
    return true;
}

/* Devices seldom send a scan twice, so the ids are looked up only when the history refuses them. */
static bool link_run(struct call *call, struct lane_item **items, size_t count)
{
    struct link_scan **scans = NEW_ARRAY(&call->arena, struct link_scan *, count);

    for (size_t i = 0; i < count; i++)
        scans[i] = &((struct link_item *)items[i])->scan;

    if (link_judge(call, scans, count))
        return true;
    if (call->fault.code != FAULT_CONFLICT)
        return false;

    fail_clear(call);
    return answer_known(call, scans, &count) && (count == 0 || link_judge(call, scans, count));
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
    const struct link_scan *scan = &item->scan;

    item->item.keys[0] = lane_key_hash('i', scan->id, sizeof scan->id);
    item->item.keys[1] = lane_key_hash('c', scan->child, strlen(scan->child));
    item->item.order = lane_key_hash('p', scan->parent, strlen(scan->parent));
    return lanes_push(
        &link_lanes, lane_key_hash('p', first_parent, strlen(first_parent)), &item->item);
}

void link_parent_to_json(struct json *json, const struct link_scan *scan)
{
    if (!scan->capacity)
        return;

    json_key(json, "parent");
    json_open(json, '{');
    json_put_text(json, "qr", scan->parent_code);
    json_put_i64(json, "child_count", scan->held);
    json_put_i64(json, "capacity", scan->capacity);
    json_put_text(json, "status",
        bag_status_name(scan->closed ? BAG_STATUS_COMPLETED
                : scan->held         ? BAG_STATUS_IN_PROGRESS
                                     : BAG_STATUS_PENDING));
    json_close(json, '}');
}
