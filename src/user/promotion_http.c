#include "user/promotion_http.h"

#include "base/text.h"
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
