#include "demo/demo_rows.h"

#include <stdio.h>

#include "db/db_copy.h"

/* "P" and twelve digits, a dash and three: the longest code a family has. */
#define CODE_MAX 24

/* The columns of the table, in the order in which they are put. */
#define BAG_COLUMNS                                                                                \
    "bag (org_id, id, parent_id, bill_id, area_id, created_by, created_at, changed_by, "           \
    "changed_at, weight_g, expected_g, family_id, child_count, capacity, kind, status, code)"
#define SCAN_COLUMNS                                                                               \
    "scan (org_id, id, at, parent_id, child_id, bill_id, user_id, kind, verdict, held, capacity, " \
    "closed, figures, recorded_at)"
#define BILL_COLUMNS                                                                               \
    "bill (org_id, id, code, description, status, capacity, linked, children, weight_g, "          \
    "expected_g, short_reason, created_by, created_at, updated_at)"

struct demo_rows {
    const struct demo_world *world;
    struct db_copy *copy;
    struct plan *plan;
    struct demo_stats *stats;
};

static void parent_code(const struct plan_parent *parent, char code[CODE_MAX])
{
    switch (parent->family) {
    case PLAN_MUSTARD:
        snprintf(code, CODE_MAX, "SB%05d", (int)parent->number);
        return;
    case PLAN_MOONG:
        snprintf(code, CODE_MAX, "M444-%05d", (int)parent->number);
        return;
    case PLAN_COUNTED:
    case PLAN_FAMILIES:
        break;
    }
    snprintf(code, CODE_MAX, "P%d-%d", (int)parent->number + 1, parent->capacity);
}

static bool demo_rows_is_completed(const struct plan_parent *parent)
{
    return parent->finished || parent->children == parent->capacity;
}

static const char *parent_status(const struct plan_parent *parent)
{
    if (demo_rows_is_completed(parent))
        return "completed";
    return parent->children ? "in_progress" : "pending";
}

static void put_parent(struct demo_rows *rows, const struct plan_event *event)
{
    const struct plan_parent *parent = event->parent;
    const struct demo_person *dispatcher = &rows->world->dispatchers[parent->dispatcher];
    const struct demo_person *biller = &rows->world->billers[parent->bill.biller];
    const struct demo_family *family = &rows->world->families[parent->family];
    struct db_copy *copy = rows->copy;
    char code[CODE_MAX];

    parent_code(parent, code);
    db_copy_row(copy);
    db_copy_i64(copy, rows->world->org_id);
    db_copy_i64(copy, parent->id);
    db_copy_null(copy);
    db_copy_id(copy, parent->bill.number);
    db_copy_id(copy, dispatcher->area_id);
    db_copy_i64(copy, dispatcher->id);
    db_copy_time(copy, event->at_us);
    db_copy_i64(copy, parent->billed_us ? biller->id : dispatcher->id);
    db_copy_time(copy, parent->billed_us ? parent->billed_us : parent->last_us);
    db_copy_i32(copy, (int)(parent->children * family->child_weight_g));
    db_copy_i32(copy, (int)(parent->capacity * family->child_weight_g));
    db_copy_i32(copy, (int)family->id);
    db_copy_i16(copy, parent->children);
    db_copy_i16(copy, parent->capacity);
    db_copy_text(copy, "parent");
    db_copy_text(copy, parent_status(parent));
    db_copy_text(copy, code);

    rows->stats->parents++;
    rows->stats->completed += demo_rows_is_completed(parent);
    rows->stats->in_progress += parent->children > 0 && !demo_rows_is_completed(parent);
}

static void put_child(struct demo_rows *rows, const struct plan_event *event)
{
    const struct plan_parent *parent = event->parent;
    const struct demo_person *dispatcher = &rows->world->dispatchers[event->dispatcher];
    struct db_copy *copy = rows->copy;
    char code[CODE_MAX];

    snprintf(code, sizeof code, "%08lld", (long long)event->label);
    db_copy_row(copy);
    db_copy_i64(copy, rows->world->org_id);
    db_copy_i64(copy, event->child_id);
    db_copy_id(copy, parent ? parent->id : 0);
    db_copy_null(copy);
    db_copy_id(copy, dispatcher->area_id);
    db_copy_i64(copy, dispatcher->id);
    db_copy_time(copy, event->at_us);
    db_copy_i64(copy, dispatcher->id);
    db_copy_time(copy, event->at_us);
    db_copy_i32(copy, parent ? (int)rows->world->families[parent->family].child_weight_g : 0);
    db_copy_null(copy);
    db_copy_null(copy);
    db_copy_i16(copy, 0);
    db_copy_null(copy);
    db_copy_text(copy, "child");
    db_copy_null(copy);
    db_copy_text(copy, code);

    rows->stats->children++;
    rows->stats->linked += parent != NULL;
}

static void demo_rows_put_bag(struct demo_rows *rows, const struct plan_event *event)
{
    if (event->kind == PLAN_OPEN)
        put_parent(rows, event);
    else if (event->kind == PLAN_LINK || event->kind == PLAN_FREE)
        put_child(rows, event);
}

/* As bill_store_log() keeps it: what the answer told besides the verdict. */
static void put_bill_figures(struct demo_rows *rows, const struct plan_parent *parent)
{
    const long long weight_g = rows->world->families[parent->family].child_weight_g;
    const struct plan_bill *bill = &parent->bill;
    char stats[240];

    snprintf(stats, sizeof stats,
        "{\"children\": %lld, \"weight_g\": %lld, \"expected_g\": %lld, \"bag_children\": %d, "
        "\"bag_capacity\": %d, \"bag_weight_g\": %lld}",
        (long long)bill->children, (long long)bill->weight_g, (long long)bill->expected_g,
        parent->children, parent->capacity, parent->children * weight_g);
    db_copy_jsonb(rows->copy, stats);
}

struct scan_words {
    const char *kind, *verdict, *figures;
    bool counts; /* as a scan in the totals */
};

static const struct scan_words demo_words[] = {
    [PLAN_OPEN] = { "parent", "done", "{\"created\": true}", true },
    [PLAN_LINK] = { "link", "linked", NULL, true },
    [PLAN_FINISH] = { "finish", "done", NULL, false },
    [PLAN_BILL] = { "bill", "linked", NULL, true },
};

static void demo_rows_put_scan(struct demo_rows *rows, const struct plan_event *event)
{
    const bool billing = event->kind == PLAN_BILL;
    const struct plan_parent *parent = event->parent;
    const struct scan_words *said = &demo_words[event->kind];
    struct db_copy *copy = rows->copy;
    unsigned char uuid[16];

    if (event->kind == PLAN_FREE)
        return;

    const int held = billing         ? parent->bill.linked
        : event->kind == PLAN_FINISH ? parent->children
                                     : event->place;
    const int capacity = billing ? parent->bill.capacity : parent->capacity;

    plan_uuid(rows->plan, event->at_us, uuid);
    db_copy_row(copy);
    db_copy_i64(copy, rows->world->org_id);
    db_copy_uuid(copy, uuid);
    db_copy_time(copy, event->at_us);
    db_copy_i64(copy, parent->id);
    db_copy_id(copy, event->child_id);
    db_copy_id(copy, billing ? parent->bill.number : 0);
    db_copy_i64(copy,
        billing ? rows->world->billers[parent->bill.biller].id
                : rows->world->dispatchers[event->dispatcher].id);
    db_copy_text(copy, said->kind);
    db_copy_text(copy, said->verdict);
    db_copy_i16(copy, held);
    db_copy_i16(copy, capacity);
    db_copy_bool(copy, held == capacity || event->kind == PLAN_FINISH);
    if (billing)
        put_bill_figures(rows, parent);
    else if (said->figures)
        db_copy_jsonb(copy, said->figures);
    else
        db_copy_null(copy);
    db_copy_time(copy, event->at_us);
    rows->stats->scans += said->counts;
}

static void put_bill(struct demo_rows *rows, const struct plan_bill *bill)
{
    struct db_copy *copy = rows->copy;
    char code[CODE_MAX];

    snprintf(code, sizeof code, "BILL-%06lld", (long long)bill->number);
    db_copy_row(copy);
    db_copy_i64(copy, rows->world->org_id);
    db_copy_i64(copy, bill->number);
    db_copy_text(copy, code);
    db_copy_text(copy, "");
    db_copy_text(copy, bill->completed ? "completed" : bill->linked ? "processing" : "new");
    db_copy_i32(copy, bill->capacity);
    db_copy_i32(copy, bill->linked);
    db_copy_i32(copy, (int)bill->children);
    db_copy_i64(copy, bill->weight_g);
    db_copy_i64(copy, bill->expected_g);
    db_copy_text(copy, bill->is_short ? "The lorry was full." : NULL);
    db_copy_i64(copy, rows->world->billers[bill->biller].id);
    db_copy_time(copy, bill->created_us);
    db_copy_time(copy, bill->updated_us);

    rows->stats->bills++;
    rows->stats->bills_done += bill->completed;
}

static void play(struct demo_rows *rows, void (*put)(struct demo_rows *, const struct plan_event *))
{
    plan_start(rows->plan, &rows->world->settings);
    while (plan_next(rows->plan))
        for (int i = 0; i < rows->plan->events_count; i++)
            put(rows, &rows->plan->events[i]);
}

bool demo_rows_write_bags(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats)
{
    struct demo_rows rows = { .world = world, .plan = plan, .stats = stats };

    if (!db_copy_begin(call, BAG_COLUMNS, 17, &rows.copy))
        return false;

    play(&rows, demo_rows_put_bag);
    return db_copy_end(rows.copy);
}

bool demo_rows_write_scans(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats)
{
    struct demo_rows rows = { .world = world, .plan = plan, .stats = stats };

    if (!db_copy_begin(call, SCAN_COLUMNS, 14, &rows.copy))
        return false;

    play(&rows, demo_rows_put_scan);
    return db_copy_end(rows.copy);
}

bool demo_rows_write_bills(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats)
{
    struct demo_rows rows = { .world = world, .plan = plan, .stats = stats };

    if (!db_copy_begin(call, BILL_COLUMNS, 14, &rows.copy))
        return false;

    plan_start(plan, &world->settings);
    while (plan_next(plan))
        for (int i = 0; i < plan->closed_count; i++)
            put_bill(&rows, &plan->closed[i]);
    plan_end(plan);
    for (int i = 0; i < PLAN_BILLS_OPEN; i++)
        put_bill(&rows, &plan->open[i]);
    return db_copy_end(rows.copy);
}
