#include "user/promotion_http.h"

#include "base/text.h"
#include "http/filter.h"
#include "user/promotion.h"

/* Bytes; what counts is characters, and those the rules count. */
#define PROMOTION_WORDS_MAX 2000

struct ask_body {
    const char *reason;
};

static const struct field ask_fields[] = {
    FIELD_MAX(struct ask_body, reason, PROMOTION_WORDS_MAX),
};

static const struct shape ask_shape = SHAPE(struct ask_body, ask_fields);

struct decision_body {
    bool approve;
    const char *notes;
};

static const struct field decision_fields[] = {
    FIELD(struct decision_body, approve),
    FIELD_OPTIONAL(struct decision_body, notes, PROMOTION_WORDS_MAX),
};

static const struct shape decision_shape = SHAPE(struct decision_body, decision_fields);

static bool promotion_read_cursor(struct call *call, const char *cursor, int64_t *before)
{
    *before = NO_I64;
    return !cursor || text_to_i64(cursor, 1, INT64_MAX, before)
        || fail_field(call, "cursor", "is not one of ours");
}

static bool promotion_read_filter(struct call *call, const struct request *request,
    struct page *page, struct promotion_filter *filter)
{
    if (!filter_page(call, request, page)
        || !filter_word(call, request, "state", &promotion_state_set, &filter->state)
        || !filter_text(call, request, "user", &filter->username))
        return false;

    filter->count = page->limit + 1;
    return promotion_read_cursor(call, page->cursor, &filter->before);
}

bool get_promotions(struct call *call, const struct request *request, struct reply *reply)
{
    struct promotion_filter filter;
    struct list rows;
    struct page page;

    if (!promotion_read_filter(call, request, &page, &filter)
        || !promotion_list(call, &filter, &rows))
        return false;

    const char *next = page_next_cursor(
        &page, &rows, sizeof(struct promotion), offsetof(struct promotion, cursor));

    return reply_list(call, reply, &promotion_shape, &rows, next);
}

bool post_promotion(struct call *call, const struct request *request, struct reply *reply)
{
    struct ask_body body;
    struct promotion promotion;

    return request_json(call, request, &ask_shape, &body)
        && promotion_create(call, body.reason, &promotion)
        && reply_record(call, reply, 201, &promotion_shape, &promotion);
}

bool post_promotion_decision(struct call *call, const struct request *request, struct reply *reply)
{
    struct decision_body body;
    struct promotion promotion;
    int64_t id;

    return request_json(call, request, &decision_shape, &body)
        && request_path_id(call, request, &id)
        && promotion_decide(call, id, body.approve, body.notes, &promotion)
        && reply_record(call, reply, 200, &promotion_shape, &promotion);
}
