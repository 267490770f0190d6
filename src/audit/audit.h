/*
 * Audit: who did what to which thing, and why.
 *
 * A note is a row in the call's own transaction, so a change and its note are kept or lost
 * together. The database role that serves may add and read notes, but never change or remove one.
 * Seconds later audit/seal.h makes the note a link of a chain, in which tampering shows.
 * audit_note() is the only writer: a note written in any other way is reported as tampering.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdint.h>

#include "base/call.h"
#include "base/shape.h"
#include "db/db_pipeline.h"
#include "list/listing.h"

enum audit_action {
    AUDIT_NONE,
#define ACTION(action, word, entity, kept) action,
#include "audit/action.def"
#undef ACTION
    AUDIT_ACTION_COUNT
};

extern const struct word_set audit_action_set;

/* Whether its notes are kept for ever; other notes are kept for 90 days. */
bool audit_action_is_kept(enum audit_action action);

/*
 * Record that the caller did `action`. `entity_id` is the row of the thing that the action is
 * about; 0 if no single row is meant. `before` and `after` are JSON texts, `reason` is what the
 * person entered as the reason; each of the three may be NULL. The person, the address and the
 * request id are taken from the call. Never pass secrets.
 */
MUST_USE bool audit_note(struct call *call, enum audit_action action, int64_t entity_id,
    const char *before, const char *after, const char *reason);

/* A note of a batch, in which many people have done the same. */
struct audit_item {
    int64_t user_id, entity_id;
    const char *before, *after, *address, *request_id;
};

/* The same for all of them, in the call's arena: the statement is added to the pipeline. */
void audit_note_many(struct call *call, struct db_pipeline *pipeline, enum audit_action action,
    const struct audit_item *items, size_t count);

struct audit_row {
    int64_t us, id; /* the cursor: `us` is `at` in microseconds */
    const char *at, *user, *action, *entity;
    int64_t entity_id;
    const char *name; /* the present name of the thing; NULL if it is deleted or has no name */
    const char *before, *after, *reason, *address, *request_id;
};

/* Which notes to list; NULL and NO_I64 match everything. */
struct audit_filter {
    struct listing_span span;
    int64_t before_us, before_id;
    const char *user; /* name */
    const char *action, *entity;
    int64_t since_us, until_us;
};

extern const struct listing audit_listing;

#endif
