#include "http/reply.h"

#include <string.h>

#include "base/text.h"

bool reply_empty(struct reply *reply)
{
    *reply = (struct reply){ .status = 204, .headers = reply->headers };
    return true;
}

static bool reply_text(struct reply *reply, int status, const char *type, const struct json *json)
{
    reply->status = status;
    reply->type = type;
    reply->body = json->text;
    reply->length = json->length;
    return true;
}

bool reply_json(struct reply *reply, int status, const struct json *json)
{
    return reply_text(reply, status, "application/json", json);
}

bool reply_problem_json(struct reply *reply, int status, const struct json *json)
{
    return reply_text(reply, status, "application/problem+json", json);
}

bool reply_record(struct call *call, struct reply *reply, int status, const struct shape *shape,
    const void *record)
{
    struct json json = json_new(&call->arena);

    json_record(&json, shape, record);
    return reply_json(reply, status, &json);
}

bool reply_list(struct call *call, struct reply *reply, const struct shape *shape,
    const struct list *rows, const char *next)
{
    struct json json = json_new(&call->arena);
    const char *row = rows->items;

    json_open(&json, '{');
    json_key(&json, "items");
    json_open(&json, '[');
    for (size_t i = 0; i < rows->count; i++)
        json_record(&json, shape, row + i * shape->size);
    json_close(&json, ']');
    json_put_text(&json, "next", next);
    json_put_text(&json, "total", NULL);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool reply_header(struct call *call, struct reply *reply, const char *name, const char *value)
{
    struct reply_header *header = NEW(&call->arena, struct reply_header);

    header->next = reply->headers;
    header->name = name;
    header->value = arena_text(&call->arena, value);
    reply->headers = header;
    return true;
}

bool reply_file(struct reply *reply, int status, const char *type, int file, int64_t length)
{
    reply->status = status;
    reply->type = type;
    reply->file = file;
    reply->length = (size_t)length;
    reply->is_file = true;
    return true;
}

/* A fault's words were cut to their array, perhaps in the middle of a character. */
static const char *whole_characters(struct call *call, const char *text)
{
    size_t length = strlen(text);

    for (int i = 0; i < 4 && length && !text_is_utf8(text, length); i++)
        length--;
    return text_is_utf8(text, length) ? arena_bytes(&call->arena, text, length) : "";
}

void field_errors_to_json(struct json *json, const struct field_error *error)
{
    json_key(json, "errors");
    json_open(json, '[');
    for (; error; error = error->next) {
        json_open(json, '{');
        json_put_text(json, "field", error->field);
        json_put_text(json, "message", error->message);
        json_close(json, '}');
    }
    json_close(json, ']');
}

struct json problem_begin(struct call *call, const char *slug, const char *title, int status)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "type", arena_format(&call->arena, "/problems/%s", slug));
    json_put_text(&json, "title", title);
    json_put_i64(&json, "status", status);
    if (call->fault.public_message[0])
        json_put_text(&json, "detail", whole_characters(call, call->fault.public_message));
    json_put_text(&json, "request_id", call->request_id);
    if (call->fault.fields)
        field_errors_to_json(&json, call->fault.fields);
    return json;
}

/* What RFC 9110 wants beside certain statuses. */
static void add_hints(struct call *call, struct reply *reply, int status)
{
    const int known = call->fault.retry_seconds;

    if (known > 0 || status == 429 || status == 503) {
        const int seconds = known > 0 ? known : 1;

        reply_header(call, reply, "Retry-After", arena_format(&call->arena, "%d", seconds));
    }
    if (status == 401)
        reply_header(call, reply, "WWW-Authenticate", "Session");
}

void reply_problem(struct call *call, struct reply *reply)
{
    const enum fault_code code = call->fault.code ? call->fault.code : FAULT_INTERNAL;
    const int status = fault_http_status(code);
    struct json json = problem_begin(call, fault_slug(code), fault_title(code), status);

    json_close(&json, '}');
    reply_problem_json(reply, status, &json);
    add_hints(call, reply, status);
}
