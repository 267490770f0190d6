#include "bag/bag_http.h"

#include <string.h>

#include "bag/bag.sql.h"
#include "bag/bag_words.h"
#include "bag/code.h"
#include "bag/verdict.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "http/filter.h"

struct bag_row {
    const char *cursor, *qr, *family, *area;
    enum bag_kind kind;
    enum bag_status status;
    int64_t child_count, capacity, weight_kg;
    const char *parent, *bill, *created_at, *created_by;
};

static const struct field bag_list_fields[] = {
    FIELD(struct bag_row, cursor),
    FIELD(struct bag_row, qr),
    FIELD_OF(struct bag_row, kind, bag_kind_set),
    FIELD(struct bag_row, family),
    FIELD_OF(struct bag_row, status, bag_status_set),
    FIELD(struct bag_row, area),
    FIELD(struct bag_row, child_count),
    FIELD(struct bag_row, capacity),
    FIELD_AS(struct bag_row, weight_kg, FIELD_KG),
    FIELD(struct bag_row, parent),
    FIELD(struct bag_row, bill),
    FIELD_AS(struct bag_row, created_at, FIELD_TIME),
    FIELD(struct bag_row, created_by),
};

static const struct shape bag_list_shape = SHAPE(struct bag_row, bag_list_fields);

#define BAG_UNSEEN 1 /* the first one, the cursor, is ours alone */

struct bag_scan_row {
    const char *cursor, *id, *at;
    enum scan_kind kind;
    enum verdict verdict;
    const char *user, *parent, *child, *bill, *reason;
};

static const struct field bag_scan_fields[] = {
    FIELD(struct bag_scan_row, cursor),
    FIELD(struct bag_scan_row, id),
    FIELD_AS(struct bag_scan_row, at, FIELD_TIME),
    FIELD_OF(struct bag_scan_row, kind, scan_kind_set),
    FIELD_OF(struct bag_scan_row, verdict, verdict_set),
    FIELD(struct bag_scan_row, user),
    FIELD(struct bag_scan_row, parent),
    FIELD(struct bag_scan_row, child),
    FIELD(struct bag_scan_row, bill),
    FIELD(struct bag_scan_row, reason),
};

static const struct shape bag_scan_shape = SHAPE(struct bag_scan_row, bag_scan_fields);
static const struct shape scan_shown = { sizeof(struct bag_scan_row),
    COUNT_OF(bag_scan_fields) - BAG_UNSEEN, bag_scan_fields + BAG_UNSEEN };

/* What a list of bags can be asked for; NULL: anything. */
struct bag_filter {
    struct page page;
    const char *kind, *family, *status, *area, *linked, *billed, *user, *from, *to, *q;
};

static bool bag_read_filter(
    struct call *call, const struct request *request, struct bag_filter *filter)
{
    int64_t ignored;

    return filter_page(call, request, &filter->page)
        && filter_word(call, request, "kind", &bag_kind_set, &filter->kind)
        && filter_text(call, request, "family", &filter->family)
        && filter_word(call, request, "status", &bag_status_set, &filter->status)
        && filter_text(call, request, "area", &filter->area)
        && filter_flag(call, request, "linked", &filter->linked)
        && filter_flag(call, request, "billed", &filter->billed)
        && filter_text(call, request, "user", &filter->user)
        && filter_day(call, request, "from", &filter->from)
        && filter_day(call, request, "to", &filter->to)
        && filter_text(call, request, "q", &filter->q)
        && (filter->q || !filter->page.cursor
            || text_to_i64(filter->page.cursor, 0, INT64_MAX, &ignored)
            || fail_field(call, "cursor", "is not one of ours"));
}

/* The first text behind all that begin with `prefix`, in byte order. */
static const char *prefix_end(struct call *call, const char *prefix)
{
    return arena_format(&call->arena, "%s\xef\xbf\xbf", prefix);
}

static bool list_prefix(struct call *call, const struct bag_filter *filter, struct list *rows)
{
    const char *prefix = bag_code_clean(&call->arena, filter->q);

    return db_rows(call,
        BAG_LIST_PREFIX(.cursor = filter->page.cursor, .limit = filter->page.limit + 1,
            .area_id = call->person.area_id, .kind = filter->kind, .prefix = prefix,
            .prefix_end = prefix_end(call, prefix)),
        &bag_list_shape, rows);
}

static bool list_parents(struct call *call, const struct bag_filter *filter, struct list *rows)
{
    return db_rows(call, &BAG_LIST_PARENTS,
        DB_ARGS(db_text(filter->page.cursor), db_i64(call, filter->page.limit + 1),
            db_id(call, call->person.area_id), db_text(filter->family), db_text(filter->status),
            db_text(filter->area), db_text(filter->linked), db_text(filter->billed),
            db_text(filter->user), db_text(filter->from), db_text(filter->to)),
        &bag_list_shape, rows);
}

static bool list_all(struct call *call, const struct bag_filter *filter, struct list *rows)
{
    return db_rows(call, &BAG_LIST,
        DB_ARGS(db_text(filter->page.cursor), db_i64(call, filter->page.limit + 1),
            db_id(call, call->person.area_id), db_text(filter->kind), db_text(filter->family),
            db_text(filter->status), db_text(filter->area), db_text(filter->linked),
            db_text(filter->billed), db_text(filter->user), db_text(filter->from),
            db_text(filter->to)),
        &bag_list_shape, rows);
}

/* Only parents have a status, a family or a bill. */
static bool wants_parents(const struct bag_filter *filter)
{
    if (filter->kind)
        return word_set_find(&bag_kind_set, filter->kind) == BAG_KIND_PARENT;

    return filter->status || filter->family
        || (filter->billed && strcmp(filter->billed, "true") == 0);
}

static bool pick(const char *name, size_t length, struct field *field)
{
    for (size_t i = BAG_UNSEEN; i < COUNT_OF(bag_list_fields); i++)
        if (strlen(bag_list_fields[i].name) == length
            && strncmp(bag_list_fields[i].name, name, length) == 0) {
            *field = bag_list_fields[i];
            return true;
        }
    return false;
}

/* "qr,status": what a list shows of each bag; all of it when nothing is said. */
static bool read_fields(struct call *call, const struct request *request, struct shape *shown)
{
    const size_t most = COUNT_OF(bag_list_fields) - BAG_UNSEEN;
    const char *names = request_query(request, "fields");

    *shown = (struct shape){ sizeof(struct bag_row), most, bag_list_fields + BAG_UNSEEN };
    if (!names || !*names)
        return true;

    struct field *picked = NEW_ARRAY(&call->arena, struct field, most);
    size_t count = 0;

    for (const char *at = names; *at; at += strcspn(at, ","), at += *at == ',')
        if (count == most || !pick(at, strcspn(at, ","), &picked[count++]))
            return fail_field(call, "fields", "must be names of fields, with commas between");

    shown->fields = picked;
    shown->count = count;
    return true;
}

bool get_bags(struct call *call, const struct request *request, struct reply *reply)
{
    struct bag_filter filter;
    struct shape shown;
    struct list rows;

    if (!bag_read_filter(call, request, &filter) || !read_fields(call, request, &shown))
        return false;

    const bool found = filter.q  ? list_prefix(call, &filter, &rows)
        : wants_parents(&filter) ? list_parents(call, &filter, &rows)
                                 : list_all(call, &filter, &rows);
    if (!found)
        return false;

    const char *next = page_next_cursor(
        &filter.page, &rows, sizeof(struct bag_row), offsetof(struct bag_row, cursor));

    return reply_list(call, reply, &shown, &rows, next);
}

/* "2026-11-21 06:12:00.123456 <uuid>", as the lists make it. */
static bool scan_cursor_good(struct call *call, const char *cursor)
{
    unsigned char id[16];
    int64_t at;

    if (!cursor)
        return true;

    const bool good = strlen(cursor) == 26 + 1 + 36 && cursor[26] == ' '
        && time_from_rfc3339(arena_format(&call->arena, "%.26sZ", cursor), &at)
        && text_to_uuid(cursor + 27, id);

    return good || fail_field(call, "cursor", "is not one of ours");
}

static bool reply_scans(
    struct call *call, const struct page *page, struct list *rows, struct reply *reply)
{
    const char *next = page_next_cursor(
        page, rows, sizeof(struct bag_scan_row), offsetof(struct bag_scan_row, cursor));

    return reply_list(call, reply, &scan_shown, rows, next);
}

static bool history(
    struct call *call, const struct page *page, const char *code, struct reply *reply)
{
    struct list rows;

    return scan_cursor_good(call, page->cursor)
        && db_rows(call,
            BAG_HISTORY(.code = code, .area_id = call->person.area_id, .before = page->cursor,
                .limit = page->limit + 1),
            &bag_scan_shape, &rows)
        && reply_scans(call, page, &rows, reply);
}

bool get_bag_history(struct call *call, const struct request *request, struct reply *reply)
{
    struct page page;

    return filter_page(call, request, &page)
        && history(call, &page, bag_code_clean(&call->arena, request_path(request, "qr")), reply);
}

bool get_scans(struct call *call, const struct request *request, struct reply *reply)
{
    struct page page;
    struct list rows;
    const char *user, *bag, *kind, *from, *to;

    if (!filter_page(call, request, &page) || !filter_text(call, request, "user", &user)
        || !filter_text(call, request, "bag", &bag)
        || !filter_word(call, request, "kind", &scan_kind_set, &kind)
        || !filter_day(call, request, "from", &from) || !filter_day(call, request, "to", &to)
        || !scan_cursor_good(call, page.cursor))
        return false;
    if (bag)
        return history(call, &page, bag_code_clean(&call->arena, bag), reply);

    return db_rows(call,
               SCAN_LIST(.before = page.cursor, .limit = page.limit + 1,
                   .area_id = call->person.area_id, .username = user, .kind = kind, .from = from,
                   .to = to),
               &bag_scan_shape, &rows)
        && reply_scans(call, &page, &rows, reply);
}
