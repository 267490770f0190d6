#include "server/admission.h"

#include <microhttpd.h>
#include <openssl/crypto.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "http/cookie.h"
#include "http/forwarded.h"
#include "http/rate.h"
#include "server/assets.h"
#include "server/loop.h"

/* Nobody's list has so many filters. */
#define URI_MAX (8 * KIB)

/*
 * What libmicrohttpd may keep of a request. The rest of the connection's memory is for the head of
 * the answer, which it would otherwise not give.
 */
#define ADMISSION_HEAD_MAX (12 * KIB)

/* Of each header and each cookie it keeps so much besides the text. */
#define RECORD_SIZE ((size_t)64)

/* A head as it lies in libmicrohttpd's buffer, walked line by line. */
struct head {
    struct request *request;
    const char *next; /* where the next line has to begin: behind a CR and a LF */
    bool broken; /* a line did not: it ended otherwise, or was folded (RFC 9112, 2.2 and 5.2) */
};

static enum MHD_Result take_header(void *closure, enum MHD_ValueKind kind, const char *name,
    size_t name_length, const char *value, size_t value_length)
{
    struct head *head = closure;

    if (kind != MHD_HEADER_KIND)
        return MHD_YES;
    request_take_header(head->request, name, name_length, value ? value : "", value_length);
    head->broken |= name != head->next;
    head->next = (value ? value : name + name_length) + value_length + 2;
    return MHD_YES;
}

static bool is_request_id(const char *text)
{
    const size_t length = text ? strlen(text) : 0;

    return length >= 1 && length <= 36
        && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
        == length;
}

void admission_name(struct exchange *exchange)
{
    const char *sent = exchange->request.headers[HEADER_REQUEST_ID];

    if (is_request_id(sent))
        memcpy(exchange->call.request_id, sent, strlen(sent) + 1);
    else
        text_hex(loop_random(exchange->loop, 16), 16, exchange->call.request_id);
}

static size_t head_size(const struct request *request)
{
    return MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
        ->header_size;
}

static enum MHD_Result add_forwarded(void *closure, enum MHD_ValueKind kind, const char *name,
    size_t name_length, const char *value, size_t value_length)
{
    char **end = closure;

    (void)kind;
    if (value && request_is_forwarded_for(name, name_length)) {
        *(*end)++ = ',';
        *end = mempcpy(*end, value, value_length);
    }
    return MHD_YES;
}

/*
 * Some proxies put what they have seen behind what the client has sent, others into a line of their
 * own behind the client's. All lines together are one list (RFC 9110, 5.3).
 */
static void find_address(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    const int proxies = exchange->loop->settings->proxies;

    /* Who is forwarded without our knowing the proxy may be anybody, and so may be who a proxy of
       ours has sent without a word. */
    request->address_known = proxies <= 0 && !request->headers[HEADER_FORWARDED_FOR];
    if (proxies <= 0 || !request->headers[HEADER_FORWARDED_FOR])
        return;

    char *list = arena_alloc(&exchange->call.arena, head_size(request) + 1, 1), *end = list;

    MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND, add_forwarded, &end);

    const char *address = forwarded_address(&exchange->call.arena, list, proxies);

    request->address_known = address != NULL;
    if (address)
        exchange->call.address = address;
}

/* The connection ends with this answer, which needs none of libmicrohttpd's memory. */
static bool fail_ending(struct exchange *exchange, enum fault_code code, const char *why)
{
    exchange->closes = true;
    return fail(&exchange->call, code, "%s", why);
}

static bool pass_guard(
    struct exchange *exchange, const char *url, const char *version, const struct head *head)
{
    const struct request *request = &exchange->request;
    const char *wrong = guard_problem(&request->guard, version);

    if (!wrong && guard_lacks_host(&request->guard, version))
        wrong = "no Host";

    if (!wrong && url != request->verb + strlen(request->verb) + 1)
        wrong = "more than one blank in front of the address";

    /* The version follows the address, a blank between them, unless a NUL has ended that early. */
    if (!wrong && version != url + request->uri_length + 1)
        wrong = "NUL in the address";

    /* The method comes first, and the last line is empty. */
    if (!wrong && (head->broken || head->next + 2 != request->verb + head_size(request)))
        wrong = "a line that doesn't end with CR and LF, or a folded one";
    return !wrong || fail_ending(exchange, FAULT_BAD_INPUT, wrong);
}

static bool pass_size(struct exchange *exchange, int records)
{
    const struct request *request = &exchange->request;
    const char *cookie = request->headers[HEADER_COOKIE];
    const size_t sent = head_size(request);

    if (request->uri_length > URI_MAX)
        return fail_ending(exchange, FAULT_LONG_ADDRESS, "a long address");
    if (sent + (size_t)records * RECORD_SIZE + (cookie ? strlen(cookie) : 0) > ADMISSION_HEAD_MAX)
        return fail_ending(exchange, FAULT_LONG_HEADERS, "long headers, or very many");
    return true;
}

static bool say_methods(struct exchange *exchange, unsigned allowed)
{
    char text[64];

    methods_text(allowed, text);
    return reply_header(&exchange->call, &exchange->reply, "Allow", text);
}

/* A path that is no route of ours: an asset, the app's own page, or nothing. */
static bool find_asset(struct exchange *exchange)
{
    const struct request *request = &exchange->request;

    exchange->asset = asset_find(request->path, request->headers[HEADER_ACCEPT]);
    if (!exchange->asset)
        return fail(&exchange->call, FAULT_NOT_FOUND, "no route");
    if (request->method == GET)
        return true;

    exchange->asset = NULL;
    say_methods(exchange, 1U << GET);
    if (request->options)
        return reply_empty(&exchange->reply);
    return fail(&exchange->call, FAULT_BAD_METHOD, "not for an asset");
}

static bool find_route(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    struct route_found found;

    if (!request_decode_uri(&exchange->call, request))
        return false;

    const enum fault_code fault = route_find(request->method, request->path, &found);

    if (fault == FAULT_NOT_FOUND)
        return find_asset(exchange);

    if (fault == FAULT_BAD_METHOD) {
        say_methods(exchange, found.allowed);
        if (request->options)
            return reply_empty(&exchange->reply);
        return fail(&exchange->call, FAULT_BAD_METHOD, "no such method here");
    }

    request->route = found.route;
    return request_decode_values(&exchange->call, request, found.values);
}

static bool is_unsafe(const struct exchange *exchange)
{
    return exchange->request.method != GET;
}

static bool pass_site(struct exchange *exchange)
{
    const char *site = exchange->request.headers[HEADER_SITE];

    if (is_unsafe(exchange) && site && strcasecmp(site, "cross-site") == 0)
        return fail(&exchange->call, FAULT_CSRF, "sent by another site");
    return true;
}

static bool pass_rate(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    const struct person *person = &exchange->call.person;
    const uint64_t who = person->id && route->permission != ANYONE
        ? rate_key_account(exchange->call.org_id, person->id)
        : rate_key_address(exchange->call.address);
    int seconds = 1;

    if (rate_take(route->rate, who, exchange->loop->peers.now_us, &seconds))
        return true;
    (void)fail(&exchange->call, FAULT_TOO_OFTEN, "rate limit");
    exchange->call.fault.retry_seconds = seconds;
    return false;
}

static bool pass_csrf(struct exchange *exchange)
{
    const char *token = exchange->request.headers[HEADER_CSRF];
    const size_t length = strlen(exchange->visitor.session.csrf);

    if (!is_unsafe(exchange) || exchange->request.route->permission == ANYONE
        || !exchange->call.person.id)
        return true;
    return (token && length && strlen(token) == length
               && CRYPTO_memcmp(token, exchange->visitor.session.csrf, length) == 0)
        || fail(&exchange->call, FAULT_CSRF, "the CSRF token is missing or another session's");
}

static bool pass_permission(struct exchange *exchange)
{
    const enum permission permission = exchange->request.route->permission;

    if (role_may((enum role)exchange->call.person.role, permission))
        return true;
    return exchange->call.person.id ? fail(&exchange->call, FAULT_FORBIDDEN,
               "needs the permission %s", permission_name(permission))
                                    : fail(&exchange->call, FAULT_SIGNED_OUT, "signed out");
}

/* Doing what is due, and signing out, is all that may be done before. */
static bool pass_duties(struct exchange *exchange)
{
    const enum permission permission = exchange->request.route->permission;
    const struct person *person = &exchange->call.person;

    if (permission == MAY_ENROL || permission == ANYONE)
        return true;
    if (person->must_change_password)
        return fail(
            &exchange->call, FAULT_PASSWORD_CHANGE_REQUIRED, "somebody else chose the password");
    return !person->lacks_two_factor
        || fail(&exchange->call, FAULT_TWO_FACTOR_REQUIRED, "no second factor yet");
}

/* Whether the name is among those with blanks between. */
static bool admission_is_known(const void *names, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = names; at && *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == length && strncmp(at, name, length) == 0)
            return true;
    return false;
}

/* A parameter that is misspelt must not be ignored: it may have been a filter. */
static bool pass_query(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    const bool own = route->list || (route->query && strcmp(route->query, QUERY_ANY) == 0);

    return own
        || request_queries_known(
            &exchange->call, &exchange->request, admission_is_known, route->query);
}

static bool pass_body(struct exchange *exchange)
{
    const struct request *request = &exchange->request;
    const char *encoding = request->headers[HEADER_CONTENT_ENCODING];
    const size_t most = request_body_max(request);

    if (request->guard.content_length > most
        || (request->guard.chunked && !request->route->body_max))
        return fail_because(&exchange->call, BODY_TOO_LARGE, .most = (int64_t)most);
    if (encoding && strcasecmp(encoding, "identity") != 0)
        return fail(&exchange->call, FAULT_BAD_TYPE, "Content-Encoding %.40s", encoding);
    return true;
}

static enum admission fault_at(struct exchange *exchange)
{
    exchange->outcome = OUTCOME_REFUSED;
    return ADMISSION_ANSWERED;
}

static enum admission after_session(struct exchange *exchange)
{
    const bool counted = exchange->request.route->permission == ANYONE;

    return (counted || pass_rate(exchange)) && pass_csrf(exchange) && pass_permission(exchange)
            && pass_duties(exchange) && pass_query(exchange) && pass_body(exchange)
        ? ADMISSION_GRANTED
        : fault_at(exchange);
}

static void admission_set_person(struct exchange *exchange)
{
    exchange->call.person = exchange->visitor.session.person;
    exchange->call.org_id = exchange->visitor.session.org_id;
}

static enum session_answer admission_find_session(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    struct visitor *visitor = &exchange->visitor;

    /* Open to all and not even counted: must answer without any database behind it. */
    if (route->permission == ANYONE && route->rate == RATE_NONE)
        return SESSION_NONE;

    visitor->counts =
        !route->feed && route->rate != RATE_WATCH && !exchange->request.headers[HEADER_UNATTENDED];
    visitor->cookie = cookie_find(
        &exchange->call.arena, exchange->request.headers[HEADER_COOKIE], cookie_session_name());
    if (!visitor->cookie)
        return SESSION_NONE;

    const enum session_answer answer = session_find_cached(
        &exchange->call.arena, visitor->cookie, visitor->counts, &visitor->session);

    if (answer == SESSION_KNOWN)
        admission_set_person(exchange);
    return answer;
}

static void note_method(struct request *request, const char *method)
{
    request->verb = method;
    request->head = strcmp(method, "HEAD") == 0;
    request->options = strcmp(method, "OPTIONS") == 0;
    request->method = request->head ? GET : method_from_name(method);
}

enum admission admission_check(
    struct exchange *exchange, const char *url, const char *method, const char *version)
{
    struct request *request = &exchange->request;

    note_method(request, method);
    struct head head = { .request = request, .next = version + strlen(version) + 2 };
    const int records = MHD_get_connection_values_n(
        request->connection, MHD_HEADER_KIND | MHD_COOKIE_KIND, take_header, &head);

    admission_name(exchange);
    find_address(exchange);

    if (!pass_guard(exchange, url, version, &head) || !pass_size(exchange, records)
        || !find_route(exchange))
        return fault_at(exchange);
    if (!request->route)
        return ADMISSION_ANSWERED;
    if (!pass_site(exchange) || (request->route->permission == ANYONE && !pass_rate(exchange)))
        return fault_at(exchange);
    if (admission_find_session(exchange) != SESSION_NOT_CACHED)
        return after_session(exchange);

    /* The body must fit, whoever sends it. */
    return pass_body(exchange) ? ADMISSION_NEEDS_SESSION : fault_at(exchange);
}

enum admission admission_check_again(struct exchange *exchange)
{
    const enum session_lookup lookup = atomic_exchange(&exchange->visitor.lookup, LOOKUP_NONE);

    if (lookup == LOOKUP_FAILED)
        return fault_at(exchange);
    if (lookup == LOOKUP_FOUND)
        admission_set_person(exchange);
    return after_session(exchange);
}
