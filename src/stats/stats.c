#include "stats/stats.h"

#include "base/json.h"
#include "db/db.h"
#include "stats/stats.sql.h"

struct stats {
    int64_t parents, children, linked, free_children, pending, in_progress, completed;
    int64_t bills, bills_open, scans;
    int64_t today_scans, today_linked, today_parents_completed, today_bills_completed;
};

static const struct field stats_row_fields[] = {
    FIELD(struct stats, parents),
    FIELD(struct stats, children),
    FIELD(struct stats, linked),
    FIELD(struct stats, free_children),
    FIELD(struct stats, pending),
    FIELD(struct stats, in_progress),
    FIELD(struct stats, completed),
    FIELD(struct stats, bills),
    FIELD(struct stats, bills_open),
    FIELD(struct stats, scans),
    FIELD(struct stats, today_scans),
    FIELD(struct stats, today_linked),
    FIELD(struct stats, today_parents_completed),
    FIELD(struct stats, today_bills_completed),
};

/* The last four are shown as an object of their own. */
#define TODAY 4

static const struct shape stats_row_shape = SHAPE(struct stats, stats_row_fields);
static const struct shape total_shape = { sizeof(struct stats),
    sizeof stats_row_fields / sizeof stats_row_fields[0] - TODAY, stats_row_fields };

bool stats_json(struct call *call, const char **text)
{
    struct json json = json_new(&call->arena);
    struct stats stats;

    if (!db_one(call, STATS_TOTALS(), &stats_row_shape, &stats))
        return false;

    json_open(&json, '{');
    json_fields(&json, &total_shape, &stats);
    json_key(&json, "today");
    json_open(&json, '{');
    json_put_i64(&json, "scans", stats.today_scans);
    json_put_i64(&json, "linked", stats.today_linked);
    json_put_i64(&json, "parents_completed", stats.today_parents_completed);
    json_put_i64(&json, "bills_completed", stats.today_bills_completed);
    json_close(&json, '}');
    json_close(&json, '}');
    *text = json.text;
    return true;
}
