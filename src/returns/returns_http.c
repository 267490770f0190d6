#include "returns/returns_http.h"

#include "base/text.h"
#include "returns/store.h"
#include "returns/ticket.h"

/* Bytes; what counts is characters, and those the rules count. */
#define RETURNS_WORDS_MAX 8000

static const struct field return_add_fields[] = {
    FIELD_MAX(struct ticket_draft, location, RETURNS_WORDS_MAX),
    FIELD_OPTIONAL(struct ticket_draft, notes, RETURNS_WORDS_MAX),
};

static const struct shape return_add_shape = SHAPE(struct ticket_draft, return_add_fields);

static const struct field return_edit_fields[] = {
    FIELD_OPTIONAL(struct ticket_draft, location, RETURNS_WORDS_MAX),
    FIELD_OPTIONAL(struct ticket_draft, notes, RETURNS_WORDS_MAX),
};

static const struct shape return_edit_shape = SHAPE(struct ticket_draft, return_edit_fields);

static const char *return_path_code(struct call *call, const struct request *request)
{
    return ticket_code_clean(call, request_path(request, "code"));
}

bool post_return(struct call *call, const struct request *request, struct reply *reply)
{
    struct ticket_draft draft;
    struct ticket ticket;

    return request_json(call, request, &return_add_shape, &draft)
        && ticket_create(call, &draft, &ticket)
        && reply_record(call, reply, 201, &ticket_shape, &ticket);
}

bool get_return(struct call *call, const struct request *request, struct reply *reply)
{
    struct ticket ticket;

    return ticket_find(call, return_path_code(call, request), &ticket)
        && reply_record(call, reply, 200, &ticket_shape, &ticket);
}

bool patch_return(struct call *call, const struct request *request, struct reply *reply)
{
    struct ticket_draft edit;
    struct ticket ticket;

    return request_json(call, request, &return_edit_shape, &edit)
        && ticket_update(call, return_path_code(call, request), &edit, &ticket)
        && reply_record(call, reply, 200, &ticket_shape, &ticket);
}

bool post_return_commit(struct call *call, const struct request *request, struct reply *reply)
{
    struct ticket ticket;

    return ticket_commit(call, return_path_code(call, request), &ticket)
        && reply_record(call, reply, 200, &ticket_shape, &ticket);
}

static void return_put_ticket(struct json *json, const struct ticket *ticket)
{
    json_key(json, "ticket");
    json_record(json, &ticket_shape, ticket);
}

/* "restored": the codes; "not_restored": each with why. A bag that is gone has no code. */
static void return_put_restored(struct json *json, const struct list *bags)
{
    const struct restored *restored = bags->items;

    json_key(json, "restored");
    json_open(json, '[');
    for (size_t i = 0; i < bags->count; i++)
        if (!restored[i].stay)
            json_text(json, restored[i].qr);
    json_close(json, ']');

    json_key(json, "not_restored");
    json_open(json, '[');
    for (size_t i = 0; i < bags->count; i++) {
        if (!restored[i].stay)
            continue;
        json_open(json, '{');
        json_put_text(json, "qr", restored[i].qr);
        json_put_text(json, "why", word_set_word(&ticket_stay_set, restored[i].stay));
        json_close(json, '}');
    }
    json_close(json, ']');
}

bool post_return_cancel(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct ticket ticket;
    struct list bags;

    if (!return_cancel(call, return_path_code(call, request), &ticket, &bags))
        return false;

    json_open(&json, '{');
    return_put_restored(&json, &bags);
    return_put_ticket(&json, &ticket);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool delete_return_bag(struct call *call, const struct request *request, struct reply *reply)
{
    const char *qr = text_clean(&call->arena, request_path(request, "qr"));
    struct json json = json_new(&call->arena);
    struct ticket ticket;

    if (!return_undo(call, return_path_code(call, request), qr, &ticket))
        return false;

    json_open(&json, '{');
    json_put_text(&json, "qr", qr);
    return_put_ticket(&json, &ticket);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}
