#include "bill/bill_http.h"

#include "base/text.h"
#include "bill/bill.h"
#include "bill/bill_bag.h"

/* Bytes; what counts is characters, and those the rules count. */
#define BILL_WORDS_MAX 8000

static const struct field bill_add_fields[] = {
    FIELD(struct bill_draft, code),
    FIELD_OPTIONAL(struct bill_draft, description, BILL_WORDS_MAX),
    FIELD(struct bill_draft, capacity),
};

static const struct shape bill_add_shape = SHAPE(struct bill_draft, bill_add_fields);

static const struct field bill_edit_fields[] = {
    FIELD_OPTIONAL(struct bill_edit, description, BILL_WORDS_MAX),
    FIELD_OPTIONAL(struct bill_edit, capacity, 0),
};

static const struct shape bill_edit_shape = SHAPE(struct bill_edit, bill_edit_fields);

struct bill_reason_body {
    const char *reason;
};

static const struct field bill_reason_fields[] = {
    FIELD_OPTIONAL(struct bill_reason_body, reason, BILL_WORDS_MAX),
};

static const struct shape bill_reason_shape = SHAPE(struct bill_reason_body, bill_reason_fields);

static const char *bill_path_code(struct call *call, const struct request *request)
{
    return bill_code_clean(call, request_path(request, "code"));
}

bool post_bill(struct call *call, const struct request *request, struct reply *reply)
{
    struct bill_draft draft;
    struct bill bill;

    return request_json(call, request, &bill_add_shape, &draft) && bill_create(call, &draft, &bill)
        && reply_record(call, reply, 201, &bill_shape, &bill);
}

bool get_bill(struct call *call, const struct request *request, struct reply *reply)
{
    struct bill bill;

    return bill_find(call, bill_path_code(call, request), &bill)
        && reply_record(call, reply, 200, &bill_shape, &bill);
}

bool patch_bill(struct call *call, const struct request *request, struct reply *reply)
{
    struct bill_edit edit;
    struct bill bill;

    return request_json(call, request, &bill_edit_shape, &edit)
        && bill_update(call, bill_path_code(call, request), &edit, &bill)
        && reply_record(call, reply, 200, &bill_shape, &bill);
}

bool delete_bill(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    int64_t freed;

    if (!bill_delete(call, bill_path_code(call, request), &freed))
        return false;

    json_open(&json, '{');
    json_put_i64(&json, "freed", freed);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool post_bill_finish(struct call *call, const struct request *request, struct reply *reply)
{
    struct bill_reason_body body;
    struct bill bill;

    return request_json(call, request, &bill_reason_shape, &body)
        && bill_finish(call, bill_path_code(call, request), body.reason, &bill)
        && reply_record(call, reply, 200, &bill_shape, &bill);
}

bool post_bill_reopen(struct call *call, const struct request *request, struct reply *reply)
{
    struct bill_reason_body body;
    struct bill bill;

    return request_json(call, request, &bill_reason_shape, &body)
        && bill_reopen(call, bill_path_code(call, request), body.reason, &bill)
        && reply_record(call, reply, 200, &bill_shape, &bill);
}
