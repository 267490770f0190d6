#include "mail/mail_sender.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "db/db_loop.h"
#include "mail/mail.sql.h"

/* Longer than sending takes. */
#define LEASE_SECONDS 120

#define MAIL_WAIT_FIRST_SECONDS 60
#define MAIL_WAIT_MOST_SECONDS (4 * 3600)

/* How often the thread looks for mail. */
#define MAIL_SENDER_TURN_MS 1000

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

struct mail_sender_org {
    int64_t id;
};

static const struct field mail_sender_org_fields[] = { FIELD(struct mail_sender_org, id) };
static const struct shape mail_sender_org_shape =
    SHAPE(struct mail_sender_org, mail_sender_org_fields);

static struct {
    const struct mail_sender_settings *settings;
    struct db_loop *loop;
} sender;

/* The content of a deferred mail, made in a transaction of its own. */
static bool mail_sender_compose(struct call *call, const struct mail_sender_settings *settings,
    const struct waiting *mail, struct mail_content *words, bool *wanted)
{
    *words = (struct mail_content){ mail->subject, mail->body };
    *wanted = true;
    if (mail->body)
        return true;

    if (!db_begin(call))
        return false;
    if (settings->compose(call, mail_kind_from_name(mail->kind), mail->recipient, mail->age_seconds,
            words, wanted))
        return db_commit(call);

    db_rollback(call);
    return false;
}

static bool mail_sender_is_done(struct call *call, const struct waiting *mail)
{
    return db_run(call, MAIL_DONE(.id = mail->id, .tries = mail->tries), NULL);
}

static bool try_later(struct call *call, const struct waiting *mail, const char *why)
{
    return db_run(call,
        MAIL_AGAIN(.id = mail->id, .tries = mail->tries,
            .seconds =
                clock_retry_seconds(mail->tries, MAIL_WAIT_FIRST_SECONDS, MAIL_WAIT_MOST_SECONDS),
            .error = why),
        NULL);
}

static bool park(struct call *call, const struct waiting *mail, const char *why)
{
    log_line(LOG_WARNING, "mail_parked", "%s mail %lld after %lld tries: %s", mail->kind,
        (long long)mail->id, (long long)mail->tries, why);
    return db_run(call, MAIL_PARK(.id = mail->id, .tries = mail->tries, .error = why), NULL);
}

static bool mail_sender_note(
    struct call *call, const struct waiting *mail, enum send_result sent, const char *why)
{
    if (sent == SEND_OK)
        return mail_sender_is_done(call, mail);
    if (sent == SEND_REFUSED || mail->tries >= MAIL_TRIES)
        return park(call, mail, why);
    return try_later(call, mail, why);
}

static bool deliver(
    struct call *call, const struct mail_sender_settings *settings, const struct waiting *mail)
{
    struct letter letter = { .from = settings->from,
        .to = mail->recipient,
        .base_url = settings->base_url,
        .id = arena_format(&call->arena, "%lld.%lld.%lld", (long long)call->org_id,
            (long long)mail->id, (long long)(clock_unix() - mail->age_seconds)),
        .date = letter_date(&call->arena, clock_unix() - mail->age_seconds) };
    const char *why = "";
    bool wanted;

    if (!mail_sender_compose(call, settings, mail, &letter.words, &wanted))
        return false;
    if (!wanted)
        return mail_sender_is_done(call, mail);

    const enum send_result sent = transport_send(call, &settings->transport, &letter, &why);

    return mail_sender_note(call, mail, sent, why);
}

static bool is_told_to_stop(const struct mail_sender_settings *settings)
{
    return settings->transport.stopping && atomic_load(settings->transport.stopping);
}

/* All that one organisation has. Each mail has memory of its own, for there may be many. */
static bool send_of_org(
    struct call *call, const struct mail_sender_settings *settings, int64_t org_id)
{
    bool found = true, well = true;

    while (well && found && !is_told_to_stop(settings)) {
        struct call each = { .db = call->db, .org_id = org_id, .address = "" };
        struct waiting mail;

        well = db_one_or_none(
                   &each, MAIL_TAKE(.lease_seconds = LEASE_SECONDS), &waiting_shape, &mail, &found)
            && (!found || deliver(&each, settings, &mail));
        if (!well)
            fail(call, each.fault.code, "%s", each.fault.detail);
        arena_free(&each.arena);
    }
    return well;
}

bool mail_sender_run_once(struct call *call, const struct mail_sender_settings *settings)
{
    struct list rows;

    call->org_id = 0;
    if (!db_rows(call, MAIL_ORGS(), &mail_sender_org_shape, &rows))
        return false;

    const struct mail_sender_org *orgs = rows.items;

    for (size_t i = 0; i < rows.count; i++)
        if (!send_of_org(call, settings, orgs[i].id))
            return false;
    return true;
}

static bool mail_sender_turn(struct call *call)
{
    return mail_sender_run_once(call, sender.settings);
}

static const struct db_loop_settings mail_loop_settings = {
    .name = "mail",
    .failed = "mail_failed",
    .every_ms = MAIL_SENDER_TURN_MS,
    .turn = mail_sender_turn,
};

void mail_sender_start(const char *conninfo, const struct mail_sender_settings *settings)
{
    sender.settings = settings;
    sender.loop = db_loop_start(conninfo, &mail_loop_settings);
}

void mail_sender_stop(void)
{
    if (!sender.loop)
        return;
    if (sender.settings->transport.stopping)
        atomic_store(sender.settings->transport.stopping, true);
    db_loop_stop(sender.loop);
    sender.loop = NULL;
}
