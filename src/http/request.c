#include "http/request.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "http/request_parts.h"
#include "http/upload.h"

/* Nobody's list has more filters; each costs memory. */
#define QUERIES_MAX 64

/* A body of unknown length starts with this much room. */
#define BODY_FIRST ((size_t)16 * 1024)

static const char *const header_names[HEADER_COUNT] = {
    [HEADER_ACCEPT] = "Accept",
    [HEADER_ACCEPT_ENCODING] = "Accept-Encoding",
    [HEADER_CONTENT_ENCODING] = "Content-Encoding",
    [HEADER_CONTENT_TYPE] = "Content-Type",
    [HEADER_COOKIE] = "Cookie",
    [HEADER_CSRF] = "X-CSRFToken",
    [HEADER_EXPECT] = "Expect",
    [HEADER_FORWARDED_FOR] = "X-Forwarded-For",
    [HEADER_IF_NONE_MATCH] = "If-None-Match",
    [HEADER_REQUEST_ID] = "X-Request-ID",
    [HEADER_SITE] = "Sec-Fetch-Site",
    [HEADER_UNATTENDED] = "X-Unattended",
};

bool request_is_forwarded_for(const char *name, size_t length)
{
    const char *wanted = header_names[HEADER_FORWARDED_FOR];

    return strlen(wanted) == length && strncasecmp(wanted, name, length) == 0;
}

void request_take_header(struct request *request, const char *name, size_t name_length,
    const char *value, size_t value_length)
{
    guard_add_header(&request->guard, name, name_length, value, value_length);

    for (int i = 0; i < HEADER_COUNT; i++)
        if (!request->headers[i] && strlen(header_names[i]) == name_length
            && strncasecmp(header_names[i], name, name_length) == 0)
            request->headers[i] = value;
}

/*
 * "http://host/path", as a client sends it that takes us for a proxy (RFC 9112, 3.2.2): the host
 * that counts is that one. What is left is the path. Without a host that could be one the address
 * stays as it is, and is refused: no path starts like that.
 */
static char *take_authority(struct call *call, struct request *request, char *uri)
{
    const size_t scheme = strncasecmp(uri, "http://", 7) == 0 ? 7
        : strncasecmp(uri, "https://", 8) == 0                ? 8
                                                              : 0;

    if (!scheme)
        return uri;

    const size_t length = strcspn(uri + scheme, "/?");
    char *rest = uri + scheme + length;

    request->authority = arena_bytes(&call->arena, uri + scheme, length);
    if (!length || !guard_is_host(request->authority, length))
        return uri;
    return *rest == '/' ? rest : arena_format(&call->arena, "/%s", rest);
}

void request_take_uri(struct call *call, struct request *request, const char *uri)
{
    char *path = arena_text(&call->arena, uri);

    request->uri_length = strlen(path);
    path = take_authority(call, request, path);

    char *question = strchr(path, '?');

    request->path = path;
    if (question) {
        *question = '\0';
        request->query = question + 1;
    }
}

/* "a=1&b" -> {a, 1}, {b, ""}; the text is cut up in place. */
static bool take_query(struct request *request, char *pair, size_t length)
{
    char *equals = memchr(pair, '=', length);
    const size_t name_length = equals ? (size_t)(equals - pair) : length;
    const ptrdiff_t name = url_decode(pair, name_length, true);
    const ptrdiff_t value = equals ? url_decode(equals + 1, length - name_length - 1, true) : 0;

    if (name < 0 || value < 0)
        return false;

    struct query_value *query = &request->queries[request->query_count++];

    /* Nothing is written before `name` has been cut, so a bare name's end serves as its value. */
    pair[name] = '\0';
    if (equals)
        equals[1 + value] = '\0';
    *query = (struct query_value){ pair, equals ? equals + 1 : "" };
    return true;
}

static bool decode_query(struct call *call, struct request *request)
{
    char *rest = request->query ? arena_text(&call->arena, request->query) : NULL;

    if (!rest || !*rest)
        return true;

    request->queries = NEW_ARRAY(&call->arena, struct query_value, QUERIES_MAX);
    for (char *pair; (pair = strsep(&rest, "&"));) {
        if (!*pair)
            continue;
        if (request->query_count == QUERIES_MAX)
            return fail(call, FAULT_BAD_INPUT, "more than %d query parameters", QUERIES_MAX);
        if (!take_query(request, pair, strlen(pair)))
            return fail(call, FAULT_BAD_INPUT, "malformed query");
    }
    return true;
}

bool request_decode_uri(struct call *call, struct request *request)
{
    /* Decoded for the check alone: routes are matched as sent, so that %2F never makes a segment.
     */
    char *path = arena_text(&call->arena, request->path);

    if (path[0] != '/' || url_decode(path, strlen(path), false) < 0)
        return fail(call, FAULT_BAD_INPUT, "malformed path");
    return decode_query(call, request);
}

bool request_decode_values(
    struct call *call, struct request *request, const struct path_value *values)
{
    for (int i = 0; i < PATH_VALUES_MAX && values[i].start; i++) {
        char *text = arena_bytes(&call->arena, values[i].start, values[i].length);
        const ptrdiff_t length = url_decode(text, values[i].length, false);

        if (length < 0)
            return fail(call, FAULT_BAD_INPUT, "malformed path");
        text[length] = '\0';
        request->values[i] = text;
    }
    return true;
}

static void request_make_room(struct call *call, struct request *request, size_t more)
{
    const size_t need = request->length + more + 1;

    if (need <= request->room)
        return;

    /* What was announced at once if it is little; the rest is believed as it comes. */
    const uint64_t announced = request->guard.content_length;
    size_t room = announced < BODY_FIRST ? (size_t)announced + 1 : BODY_FIRST;

    while (room < need)
        room *= 2;

    char *body = arena_alloc(&call->arena, room, 1);

    if (request->length)
        memcpy(body, request->body, request->length);
    request->body = body;
    request->room = room;
}

/* What many programs send with a POST that has nothing to say. */
static const char nothing[] = "{}";

size_t request_body_max(const struct request *request)
{
    const struct route *route = request->route;

    return route->body_max || route->method == GET ? route->body_max : strlen(nothing);
}

bool request_take_body(struct call *call, struct request *request, const char *bytes, size_t length)
{
    const size_t most = request_body_max(request);

    if (length > most || request->length > most - length)
        return fail(call, FAULT_TOO_LARGE, "the body is longer than %zu bytes", most);
    if (!request->route->body_max && memcmp(nothing + request->length, bytes, length) != 0)
        return fail(call, FAULT_TOO_LARGE, "a body where none is read");

    if (most > UPLOAD_MEMORY_MAX)
        return upload_take_body(call, request, bytes, length);

    request_make_room(call, request, length);
    memcpy(request->body + request->length, bytes, length);
    request->length += length;
    request->body[request->length] = '\0';
    return true;
}

const char *request_path(const struct request *request, const char *name)
{
    const size_t length = strlen(name);
    int i = 0;

    for (const char *brace = strchr(request->route->path, '{'); brace;
         brace = strchr(brace + 1, '{'), i++)
        if (strncmp(brace + 1, name, length) == 0 && brace[1 + length] == '}')
            return request->values[i];
    return "";
}

bool request_path_id(struct call *call, const struct request *request, int64_t *id)
{
    return text_to_i64(request_path(request, "id"), 1, INT64_MAX, id)
        || fail(call, FAULT_NOT_FOUND, "no id");
}

const char *request_query(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->queries[i].name, name) == 0)
            return request->queries[i].value;
    return NULL;
}

static bool query_is_repeated(const struct request *request, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(request->queries[i].name, request->queries[j].name) == 0)
            return true;
    return false;
}

bool request_queries_known(struct call *call, const struct request *request,
    bool (*known)(const void *of, const char *name), const void *of)
{
    for (size_t i = 0; i < request->query_count; i++) {
        const char *name = request->queries[i].name;

        if (!known(of, name))
            return fail_field(call, name, UNKNOWN_PARAMETER);
        if (query_is_repeated(request, i))
            return fail_field(call, name, REPEATED);
    }
    return true;
}

const struct listing *request_listing(const struct request *request)
{
    return request->route->list;
}

bool request_query_i64(struct call *call, const struct request *request, const char *name,
    int64_t min, int64_t max, int64_t default_value, int64_t *value)
{
    const char *text = request_query(request, name);

    if (!text || !*text) {
        *value = default_value;
        return true;
    }
    return text_to_i64(text, min, max, value)
        || fail_field(call, name, WHOLE_OUT_OF_RANGE, .least = min, .most = max);
}

const char *request_header(const struct request *request, const char *name)
{
    if (request->authority && strcasecmp(name, "Host") == 0)
        return request->authority;
    for (int i = 0; i < HEADER_COUNT; i++)
        if (strcasecmp(header_names[i], name) == 0)
            return request->headers[i];
    if (!request->connection)
        return NULL;
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

bool request_is_local(const struct call *call, const struct request *request)
{
    return request->address_known
        && (text_starts_with(call->address, "127.") || strcmp(call->address, "::1") == 0);
}
