/*
 * Audit: who did what to which thing, and why.
 *
 * A note is a row in the call's own transaction, so a change and its note are kept or lost
 * together. The serving database role may add rows and read them, never change or remove one.
 * Seconds later audit/seal.h makes the note a link of a chain, in which tampering shows. Nothing
 * else writes notes: one that was written past audit_note() is told as tampering.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdint.h>

#include "base/call.h"
#include "base/shape.h"

/* Whether addresses and e-mails are cut before they are stored. They are, until this says not. */
void audit_anonymise_set(bool anonymise);

/*
 * Note that the caller did `action` ("close") to the thing of kind `entity` ("bill"). `entity_id`
 * is 0 when there is no one row to point at. `before` and `after` are JSON texts, `reason` is what
 * the person gave as the reason; each of the three may be NULL. The person, the address and the
 * request id are those of the call.
 *
 * Secrets are never handed in. A note is kept for good when `action` has "delete", "role", "promot"
 * or "set_up" in its name, or when before and after have different "role"s; others are for 90 days.
 */
MUST_USE bool audit_note(struct call *call, const char *action, const char *entity,
    int64_t entity_id, const char *before, const char *after, const char *reason);

struct audit_row {
    const char *cursor;
    int64_t id;
    const char *at, *user, *action, *entity;
    int64_t entity_id;
    const char *name; /* of the thing, as it is called now; NULL when it is gone or has none */
    const char *before, *after, *reason, *address, *request_id;
};

extern const struct shape audit_row_shape;

/* What a list of notes is asked for; NULL is anything. */
struct audit_filter {
    const char *user; /* name */
    const char *action, *entity;
    const char *from, *to; /* days in the organisation's zone */
    const char *cursor; /* of the last row of the page before */
    int64_t count;
};

/* Notes, newest first. FAULT_BAD_FIELDS when the cursor is none of ours. */
MUST_USE bool audit_list(struct call *call, const struct audit_filter *filter, struct list *rows);

#endif
