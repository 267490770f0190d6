#include "mail/postman.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "mail/mail.sql.h"

/* Longer than sending takes. */
#define LEASE_SECONDS 120

#define WAIT_FIRST_SECONDS 60
#define WAIT_MOST_SECONDS (4 * 3600)

/* How often the thread looks for mail, and how long it waits for a lost database. */
#define TURN_MS 1000
#define PATIENCE_MS 500

struct waiting {
    int64_t id, tries, age_seconds;
    const char *kind, *recipient, *subject, *body;
};

static const struct field waiting_fields[] = {
    FIELD(struct waiting, id),
    FIELD(struct waiting, kind),
    FIELD(struct waiting, recipient),
    FIELD(struct waiting, subject),
    FIELD(struct waiting, body),
    FIELD(struct waiting, tries),
    FIELD(struct waiting, age_seconds),
};

static const struct shape waiting_shape = SHAPE(struct waiting, waiting_fields);

struct org {
    int64_t id;
};

static const struct field org_fields[] = { FIELD(struct org, id) };
static const struct shape org_shape = SHAPE(struct org, org_fields);

static struct {
    const struct postman_settings *settings;
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool running, told_to_stop;
} postman = { .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER };

static int64_t wait_seconds(int64_t tries)
{
    int64_t seconds = WAIT_FIRST_SECONDS;

    while (--tries > 0 && seconds < WAIT_MOST_SECONDS)
        seconds *= 4;
    return seconds < WAIT_MOST_SECONDS ? seconds : WAIT_MOST_SECONDS;
}

/* The words of a wish, in a transaction of their own. */
static bool compose(struct call *call, const struct postman_settings *settings,
    const struct waiting *mail, struct mail_words *words, bool *wanted)
{
    *words = (struct mail_words){ mail->subject, mail->body };
    *wanted = true;
    if (mail->body)
        return true;

    if (!db_begin(call))
        return false;
    if (settings->compose(
            call, mail_kind_of(mail->kind), mail->recipient, mail->age_seconds, words, wanted))
        return db_commit(call);

    db_rollback(call);
    return false;
}

static bool is_done(struct call *call, const struct waiting *mail)
{
    return db_run(call, MAIL_DONE(.id = mail->id, .tries = mail->tries), NULL);
}

static bool try_later(struct call *call, const struct waiting *mail, const char *why)
{
    return db_run(call,
        MAIL_AGAIN(.id = mail->id, .tries = mail->tries, .seconds = wait_seconds(mail->tries),
            .error = why),
        NULL);
}

static bool park(struct call *call, const struct waiting *mail, const char *why)
{
    log_line(LOG_WARNING, "mail_parked", "%s mail %lld after %lld tries: %s", mail->kind,
        (long long)mail->id, (long long)mail->tries, why);
    return db_run(call, MAIL_PARK(.id = mail->id, .tries = mail->tries, .error = why), NULL);
}

static bool note(struct call *call, const struct waiting *mail, enum sent sent, const char *why)
{
    if (sent == SENT)
        return is_done(call, mail);
    if (sent == SENT_NEVER || mail->tries >= MAIL_TRIES)
        return park(call, mail, why);
    return try_later(call, mail, why);
}

static bool deliver(
    struct call *call, const struct postman_settings *settings, const struct waiting *mail)
{
    struct letter letter = { .from = settings->from,
        .to = mail->recipient,
        .base_url = settings->base_url,
        .id = arena_format(&call->arena, "%lld.%lld.%lld", (long long)call->org_id,
            (long long)mail->id, (long long)(clock_unix() - mail->age_seconds)),
        .date = letter_date(&call->arena, clock_unix() - mail->age_seconds) };
    const char *why = "";
    bool wanted;

    if (!compose(call, settings, mail, &letter.words, &wanted))
        return false;
    if (!wanted)
        return is_done(call, mail);

    const enum sent sent = transport_send(call, &settings->transport, &letter, &why);

    return note(call, mail, sent, why);
}

static bool is_told_to_stop(const struct postman_settings *settings)
{
    return settings->transport.stopping && atomic_load(settings->transport.stopping);
}

/* All that one organisation has. Each mail has memory of its own, for there may be many. */
static bool send_of_org(struct call *call, const struct postman_settings *settings, int64_t org_id)
{
    bool found = true, well = true;

    while (well && found && !is_told_to_stop(settings)) {
        struct call each = { .db = call->db, .org_id = org_id, .address = "" };
        struct waiting mail;

        well = db_maybe(
                   &each, MAIL_TAKE(.lease_seconds = LEASE_SECONDS), &waiting_shape, &mail, &found)
            && (!found || deliver(&each, settings, &mail));
        if (!well)
            fail(call, each.fault.code, "%s", each.fault.detail);
        arena_free(&each.arena);
    }
    return well;
}

bool postman_round(struct call *call, const struct postman_settings *settings)
{
    struct list rows;

    call->org_id = 0;
    if (!db_rows(call, MAIL_ORGS(), &org_shape, &rows))
        return false;

    const struct org *orgs = rows.items;

    for (size_t i = 0; i < rows.count; i++)
        if (!send_of_org(call, settings, orgs[i].id))
            return false;
    return true;
}

/* False when it is time to go. */
static bool rest(void)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += TURN_MS / 1000;

    pthread_mutex_lock(&postman.lock);
    if (!postman.told_to_stop)
        pthread_cond_timedwait(&postman.told, &postman.lock, &until);

    const bool goes_on = !postman.told_to_stop;

    pthread_mutex_unlock(&postman.lock);
    return goes_on;
}

static void *run(void *unused)
{
    struct call call = { .db = postman.db, .address = "" };

    (void)unused;
    pthread_setname_np(pthread_self(), "mail");
    while (rest()) {
        if (!db_ready(&call, PATIENCE_MS) || !postman_round(&call, postman.settings))
            log_line(LOG_WARNING, "mail_failed", "%s", call.fault.detail);
        fail_clear(&call);
        arena_end(&call.arena);
    }
    arena_free(&call.arena);
    return NULL;
}

void postman_start(const char *conninfo, const struct postman_settings *settings)
{
    postman.settings = settings;
    postman.told_to_stop = false;
    postman.db = db_open(conninfo, "mail");
    if (pthread_create(&postman.thread, NULL, run, NULL) != 0)
        abort();
    postman.running = true;
}

void postman_stop(void)
{
    if (!postman.running)
        return;

    pthread_mutex_lock(&postman.lock);
    postman.told_to_stop = true;
    if (postman.settings->transport.stopping)
        atomic_store(postman.settings->transport.stopping, true);
    pthread_cond_signal(&postman.told);
    pthread_mutex_unlock(&postman.lock);

    pthread_join(postman.thread, NULL);
    db_close(postman.db);
    postman.running = false;
}
