#include "packing/packing_http.h"

#include "bag/bag.h"
#include "bag/code.h"
#include "bag/verdict_problem.h"
#include "base/text.h"
#include "packing/packing.h"

#define BAGS_MAX 1000

struct open_body {
    const char *id, *qr;
};

static const struct field open_fields[] = {
    FIELD(struct open_body, id),
    FIELD_MAX(struct open_body, qr, 2000),
};

static const struct shape open_shape = SHAPE(struct open_body, open_fields);

struct undo_body {
    const char *parent;
};

static const struct field undo_fields[] = { FIELD(struct undo_body, parent) };
static const struct shape undo_shape = SHAPE(struct undo_body, undo_fields);

struct packing_reason_body {
    const char *reason;
};

static const struct field packing_reason_fields[] = { FIELD_OPTIONAL(
    struct packing_reason_body, reason, 500) };
static const struct shape packing_reason_shape =
    SHAPE(struct packing_reason_body, packing_reason_fields);

struct packing_code_body {
    const char *code;
};

static const struct field packing_code_fields[] = { FIELD_BARE(
    struct packing_code_body, code, 200) };
static const struct shape packing_code_shape = SHAPE(struct packing_code_body, packing_code_fields);

struct children_body {
    struct list children;
};

static const struct field children_fields[] = {
    FIELD_ITEMS(struct children_body, children, 500, &packing_code_shape),
};

static const struct shape children_shape = SHAPE(struct children_body, children_fields);

struct bag_body {
    const char *qr, *parent;
};

static const struct field packing_bag_fields[] = {
    FIELD(struct bag_body, qr),
    FIELD_OPTIONAL(struct bag_body, parent, 200),
};

static const struct shape packing_bag_shape = SHAPE(struct bag_body, packing_bag_fields);

struct bags_body {
    const char *qr, *parent;
    struct list bags;
};

static const struct field bags_fields[] = {
    FIELD_OPTIONAL(struct bags_body, qr, 200),
    FIELD_OPTIONAL(struct bags_body, parent, 200),
    { .name = "bags",
        .type = FIELD_LIST,
        .offset = offsetof(struct bags_body, bags),
        .optional = true,
        .max = BAGS_MAX,
        .items = &packing_bag_shape },
};

static const struct shape bags_shape = SHAPE(struct bags_body, bags_fields);

static const char *packing_path_code(
    struct call *call, const struct request *request, const char *name)
{
    return bag_code_clean(&call->arena, request_path(request, name));
}

static bool reply_parent(struct call *call, struct reply *reply, const struct parent *parent)
{
    struct json json = json_new(&call->arena);

    parent_to_json(&json, parent);
    return reply_json(reply, 200, &json);
}

static bool reply_verdict(struct call *call, struct reply *reply, enum verdict verdict)
{
    const int status = verdict_http_status(verdict);
    struct json json = verdict_problem_open(call, verdict, (struct words){ .reason = REASON_NONE });

    json_put_text(&json, "verdict", verdict_name(verdict));
    json_close(&json, '}');
    return reply_problem_json(reply, status, &json);
}

bool post_parent(struct call *call, const struct request *request, struct reply *reply)
{
    struct open_body body;
    unsigned char id[16];
    enum verdict verdict;
    bool created;

    if (!request_json(call, request, &open_shape, &body))
        return false;
    if (!text_to_device_id(body.id, id))
        return fail_field(call, "id", NOT_DEVICE_ID);

    const char *code = bag_code_clean(&call->arena, body.qr);

    if (!packing_scan_parent(call, id, code, &verdict, &created))
        return false;
    if (verdict != VERDICT_DONE)
        return reply_verdict(call, reply, verdict);

    return bag_find_and_reply(call, code, created ? 201 : 200, reply);
}

bool post_parent_finish(struct call *call, const struct request *request, struct reply *reply)
{
    struct parent parent;

    return packing_finish(call, packing_path_code(call, request, "qr"), &parent)
        && reply_parent(call, reply, &parent);
}

bool post_parent_reopen(struct call *call, const struct request *request, struct reply *reply)
{
    struct packing_reason_body body;
    struct parent parent;

    return request_json(call, request, &packing_reason_shape, &body)
        && packing_reopen(call, packing_path_code(call, request, "qr"), body.reason, &parent)
        && reply_parent(call, reply, &parent);
}

bool put_parent_children(struct call *call, const struct request *request, struct reply *reply)
{
    struct children_body body;
    struct parent parent;

    if (!request_json(call, request, &children_shape, &body))
        return false;

    const struct packing_code_body *codes = body.children.items;
    const char **children = NEW_ARRAY(&call->arena, const char *, body.children.count + 1);

    for (size_t i = 0; i < body.children.count; i++)
        children[i] = bag_code_clean(&call->arena, codes[i].code);

    return packing_set_children(
               call, packing_path_code(call, request, "qr"), children, body.children.count, &parent)
        && reply_parent(call, reply, &parent);
}

bool delete_parent_child(struct call *call, const struct request *request, struct reply *reply)
{
    struct packing_reason_body body;
    struct parent parent;

    if (!request_json(call, request, &packing_reason_shape, &body))
        return false;
    if (!body.reason || !*body.reason)
        return fail_field(call, "reason", MISSING);

    return packing_unlink(call, packing_path_code(call, request, "qr"),
               packing_path_code(call, request, "child"), body.reason, &parent)
        && reply_parent(call, reply, &parent);
}

bool post_scan_undo(struct call *call, const struct request *request, struct reply *reply)
{
    struct undo_body body;
    struct parent parent;
    const char *child;

    if (!request_json(call, request, &undo_shape, &body)
        || !packing_undo(call, bag_code_clean(&call->arena, body.parent), &child, &parent))
        return false;

    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "child", child);
    json_key(&json, "parent");
    parent_to_json(&json, &parent);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

/* The words of the verdicts, but "done" is "created" here: a list of bags reads better so. */
static const char *create_word(enum verdict verdict)
{
    return verdict == VERDICT_DONE ? "created" : verdict_name(verdict);
}

static bool create_one(
    struct call *call, const char *qr, const char *parent, const char **code, enum verdict *verdict)
{
    *code = bag_code_clean(&call->arena, qr);
    return packing_create(
        call, *code, parent ? bag_code_clean(&call->arena, parent) : NULL, verdict);
}

static bool create_all(struct call *call, const struct list *bags, struct reply *reply)
{
    const struct bag_body *each = bags->items;
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_key(&json, "results");
    json_open(&json, '[');

    for (size_t i = 0; i < bags->count; i++) {
        enum verdict verdict;
        const char *code;

        if (!create_one(call, each[i].qr, each[i].parent, &code, &verdict))
            return false;

        json_open(&json, '{');
        json_put_text(&json, "qr", code);
        json_put_text(&json, "verdict", create_word(verdict));
        json_close(&json, '}');
    }

    json_close(&json, ']');
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool post_bags(struct call *call, const struct request *request, struct reply *reply)
{
    struct bags_body body;
    enum verdict verdict;
    const char *code;

    if (!request_json(call, request, &bags_shape, &body))
        return false;
    if (body.bags.count)
        return create_all(call, &body.bags, reply);
    if (!body.qr)
        return fail_field(call, "qr", MISSING);
    if (!create_one(call, body.qr, body.parent, &code, &verdict))
        return false;
    if (verdict != VERDICT_DONE && verdict != VERDICT_LINKED)
        return reply_verdict(call, reply, verdict);

    return bag_find_and_reply(call, code, 201, reply);
}

bool delete_bag(struct call *call, const struct request *request, struct reply *reply)
{
    return packing_delete(call, packing_path_code(call, request, "qr")) && reply_empty(reply);
}
