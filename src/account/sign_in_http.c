#include "account/session_http.h"

#include <assert.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "account/sign_in.h"
#include "auth/password.h"
#include "db/db.h"
#include "db/lanes.h"
#include "http/batch.h"
#include "http/cookie.h"
#include "session/session_cookie.h"

/* People who wait for their turn; the last of them for some eight seconds on one core. */
#define SIGN_IN_WAITING_MAX 128
#define SIGN_IN_RETRY_SECONDS 5

/* Scanning comes first where cores are scarce (setpriority(2): of this thread alone, on Linux). */
#define NICE 10

struct sign_in_body {
    const char *username, *password, *code;
};

static const struct field sign_in_body_fields[] = {
    FIELD_TRIMMED(struct sign_in_body, username, 254),
    FIELD_MAX(struct sign_in_body, password, 1024),
    FIELD_OPTIONAL(struct sign_in_body, code, 120),
};

static const struct shape sign_in_body_shape = SHAPE(struct sign_in_body, sign_in_body_fields);

struct sign_in_item {
    struct arena *arena; /* of the request, for the answer's texts */
    struct sign_in attempt;
    const char *address, *request_id;
};

/* What the attempt has found ends with the lane's memory. */
static void sign_in_keep(struct sign_in_item *item)
{
    struct sign_in *attempt = &item->attempt;
    struct account *account = &attempt->account;

    attempt->cookie = arena_text(item->arena, attempt->cookie);
    account->username = arena_text(item->arena, account->username);
    account->area = arena_text(item->arena, account->area);
    account->zone = arena_text(item->arena, account->zone);
}

static void lower_priority(void)
{
    static _Thread_local bool is_nice;

    if (!is_nice)
        setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
    is_nice = true;
}

static bool sign_in_work(struct call *call, void *const *records, size_t count)
{
    struct sign_in_item *item = records[0];

    assert(count == 1);
    lower_priority();
    call->address = item->address;
    snprintf(call->request_id, sizeof call->request_id, "%s", item->request_id);
    if (!sign_in(call, &item->attempt))
        return false;

    sign_in_keep(item);
    return true;
}

/* Hashing passwords may take half the cores. */
int sign_in_lanes(const struct config *config)
{
    const int half = (int)sysconf(_SC_NPROCESSORS_ONLN) / 2;

    (void)config;
    return half < 1 ? 1 : half > LANES_MAX ? LANES_MAX : half;
}

static const struct batch_kind sign_in_kind = { .name = "sign-in",
    .size = sizeof(struct sign_in_item),
    .batch_max = 1,
    .waiting_max = SIGN_IN_WAITING_MAX,
    .retry_seconds = SIGN_IN_RETRY_SECONDS,
    .lanes = sign_in_lanes,
    .work = sign_in_work };

static bool sign_in_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct sign_in_item *item = batch_records(call, batch, &sign_in_kind, 1);
    struct sign_in_body body;

    if (!request_json(call, request, &sign_in_body_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    if (body.code)
        password_wipe_later(&call->arena, body.code);

    item->arena = &call->arena;
    item->address = call->address;
    item->request_id = call->request_id;
    item->attempt = (struct sign_in){
        .host = request_header(request, "Host"),
        .device = request_header(request, "User-Agent"),
        .username = body.username,
        .password = body.password,
        .code = body.code,
    };
    return true;
}

static bool sign_in_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct sign_in_item *item = batch_record(batch, 0);
    const struct account *account = &item->attempt.account;
    struct session_view view = item->attempt.session;

    view.person.name = account->username;
    call->person = view.person;
    call->org_id = view.org_id;
    return reply_set_session_cookie(call, reply, item->attempt.cookie)
        && reply_session(call, reply, 200, &view, account);
}

const struct batch_route post_session = { &sign_in_kind, sign_in_read, sign_in_answer,
    .each = false };
