#include "account/session_http.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "account/sign_in.h"
#include "auth/password.h"
#include "db/db.h"
#include "db/lane.h"
#include "http/cookie.h"
#include "http/ticket.h"
#include "session/session_cookie.h"

#define THREADS_MAX 16

/* People who wait for their turn; the last of them for some eight seconds on one core. */
#define SIGN_IN_WAITING_MAX 128
#define SIGN_IN_RETRY_SECONDS 5

/* Scanning comes first where cores are scarce (setpriority(2): of this thread alone, on Linux). */
#define NICE 10

struct sign_in_body {
    const char *username, *password, *code;
};

static const struct field sign_in_body_fields[] = {
    FIELD(struct sign_in_body, username),
    FIELD_MAX(struct sign_in_body, password, 1024),
    FIELD_OPTIONAL(struct sign_in_body, code, 40),
};

static const struct shape sign_in_body_shape = SHAPE(struct sign_in_body, sign_in_body_fields);

/* What waits in the lane. The answer is copied: the lane's memory ends before it is worded. */
struct sign_in_item {
    struct lane_item item;
    struct ticket *ticket;
    struct sign_in attempt;
    const char *address, *request_id;

    char cookie[SESSION_COOKIE_MAX];
    char username[48], area[256], zone[64];
    enum role role;
    bool must_change_password;
};

static struct {
    struct lane *lanes[THREADS_MAX];
    int count;
    atomic_uint next;
} sign_in_pool;

static void sign_in_set_text(char *target, size_t size, const char *source)
{
    snprintf(target, size, "%s", source ? source : "");
}

static void copy_answer(struct sign_in_item *item)
{
    const struct sign_in *attempt = &item->attempt;

    sign_in_set_text(item->cookie, sizeof item->cookie, attempt->cookie);
    sign_in_set_text(item->username, sizeof item->username, attempt->account.username);
    item->role = attempt->account.role;
    sign_in_set_text(item->area, sizeof item->area, attempt->account.area);
    sign_in_set_text(item->zone, sizeof item->zone, attempt->account.zone);
    item->must_change_password = attempt->account.must_change_password;
}

static void lower_priority(void)
{
    static _Thread_local bool is_nice;

    if (!is_nice)
        setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
    is_nice = true;
}

static bool sign_in_run(struct call *call, struct lane_item **items, size_t count)
{
    struct sign_in_item *item = (struct sign_in_item *)items[0];

    assert(count == 1);
    lower_priority();
    call->address = item->address;
    sign_in_set_text(call->request_id, sizeof call->request_id, item->request_id);
    if (!sign_in(call, &item->attempt))
        return false;

    copy_answer(item);
    return true;
}

static void sign_in_done(struct lane_item *item)
{
    ticket_done(((struct sign_in_item *)item)->ticket);
}

void sign_in_start(const char *conninfo, int threads)
{
    assert(threads > 0 && sign_in_pool.count == 0);
    sign_in_pool.count = threads < THREADS_MAX ? threads : THREADS_MAX;
    for (int i = 0; i < sign_in_pool.count; i++) {
        char name[32];

        snprintf(name, sizeof name, "sign-in-%d", i);
        sign_in_pool.lanes[i] =
            lane_start(&(struct lane_spec){ .name = name,
                           .batch_max = 1,
                           .queue_max = SIGN_IN_WAITING_MAX / (size_t)sign_in_pool.count,
                           .run = sign_in_run,
                           .done = sign_in_done },
                conninfo);
    }
}

void sign_in_stop(void)
{
    for (int i = 0; i < sign_in_pool.count; i++)
        lane_stop(sign_in_pool.lanes[i]);
    sign_in_pool.count = 0;
}

static bool sign_in_push(struct call *call, struct sign_in_item *item)
{
    const unsigned first = atomic_fetch_add(&sign_in_pool.next, 1);

    for (int i = 0; i < sign_in_pool.count; i++)
        if (lane_push(sign_in_pool.lanes[(first + (unsigned)i) % (unsigned)sign_in_pool.count],
                &item->item))
            return true;

    fail(call, FAULT_OVERLOADED, "too many wait to be signed in");
    call->fault.retry_seconds = SIGN_IN_RETRY_SECONDS;
    return false;
}

static struct sign_in_item *item_new(struct call *call, const struct request *request,
    const struct sign_in_body *body, struct ticket *ticket)
{
    struct sign_in_item *item = NEW(&call->arena, struct sign_in_item);

    item->ticket = ticket;
    item->address = call->address;
    item->request_id = call->request_id;
    item->attempt = (struct sign_in){
        .host = request_header(request, "Host"),
        .device = request_header(request, "User-Agent"),
        .username = body->username,
        .password = body->password,
        .code = body->code,
    };
    return item;
}

static bool sign_in_take(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct sign_in_body body;

    if (!request_json(call, request, &sign_in_body_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    if (body.code)
        password_wipe_later(&call->arena, body.code);

    struct sign_in_item *item = item_new(call, request, &body, ticket);

    ticket->state = item;
    ticket_expect(ticket, 1);
    return sign_in_push(call, item);
}

static bool sign_in_answer(struct call *call, struct ticket *ticket, struct reply *reply)
{
    struct sign_in_item *item = ticket->state;

    if (item->item.fault.code != FAULT_NONE) {
        call->fault = item->item.fault;
        return false;
    }

    struct session_view *view = &item->attempt.session;
    const struct account account = { .id = view->person.id,
        .username = item->username,
        .role = item->role,
        .area = *item->area ? item->area : NULL,
        .zone = item->zone,
        .must_change_password = item->must_change_password };

    view->person.name = item->username;
    call->person = view->person;
    call->org_id = view->org_id;
    return reply_set_session_cookie(call, reply, item->cookie)
        && reply_session(call, reply, 200, view, &account);
}

const struct lane_route post_session = { sign_in_take, sign_in_answer };
