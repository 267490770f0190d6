#include "http/reply.h"

#include <string.h>

bool reply_empty(struct reply *reply)
{
    *reply = (struct reply){ .status = 204, .headers = reply->headers };
    return true;
}

static bool reply_json_text(
    struct reply *reply, int status, const char *type, const struct json *json)
{
    reply->status = status;
    reply->type = type;
    reply->body = json->text;
    reply->length = json->length;
    return true;
}

bool reply_json(struct reply *reply, int status, const struct json *json)
{
    return reply_json_text(reply, status, "application/json", json);
}

bool reply_problem_json(struct reply *reply, int status, const struct json *json)
{
    return reply_json_text(reply, status, "application/problem+json", json);
}

bool reply_text(struct reply *reply, const char *type, const char *text, size_t length)
{
    reply->status = 200;
    reply->type = type;
    reply->body = text;
    reply->length = length;
    return true;
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

void field_errors_to_json(struct json *json, const struct field_error *error)
{
    json_key(json, "errors");
    json_open(json, '[');
    for (; error; error = error->next) {
        json_open(json, '{');
        json_put_text(json, "field", error->field);
        words_to_json(json, &error->words);
        json_put_text(json, "message", error->words.english);
        json_close(json, '}');
    }
    json_close(json, ']');
}

struct json problem_open(struct call *call, const struct problem *problem)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "type", arena_format(&call->arena, "/problems/%s", problem->slug));
    json_put_text(&json, "title", problem->title);
    json_put_i64(&json, "status", problem->status);
    words_to_json(&json, &problem->words);
    if (problem->words.english)
        json_put_text(&json, "detail", problem->words.english);
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

/* A fault without words of its own is its own reason. */
static struct words words_of_fault(const struct fault *fault, enum fault_code code)
{
    return fault->words.reason ? fault->words : (struct words){ .reason = (enum reason)code };
}

void reply_problem(struct call *call, struct reply *reply)
{
    const enum fault_code code = call->fault.code ? call->fault.code : FAULT_INTERNAL;
    const struct problem problem = { .slug = fault_slug(code),
        .title = fault_title(code),
        .status = fault_http_status(code),
        .words = words_of_fault(&call->fault, code) };
    struct json json = problem_open(call, &problem);

    json_close(&json, '}');
    reply_problem_json(reply, problem.status, &json);
    add_hints(call, reply, problem.status);
}
