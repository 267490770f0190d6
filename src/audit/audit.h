/*
 * Audit: the audit log: who did what to which thing, and why.
 *
 * A note, an entry of the log, is a row in the call's own transaction, so a change and its note are
 * kept or lost together. The server's database role may add and read notes, but never change or
 * remove one. Seconds later audit/seal.h adds a seal, a hash of the note and of the seal before it,
 * so that tampering shows. Notes are only written by audit_note() and audit_note_many(): one
 * written in any other way is reported as tampering.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database transaction, the signed-in user and, after a failure, the fault.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdint.h>

#include "base/call.h"
#include "base/shape.h"
#include "db/db_pipeline.h"
#include "list/listing.h"

/* What can be noted in the audit log, one value per row of action.def: AUDIT_BAG_CREATE and so on.
 * The row also has the stored word, the kind of thing, and whether notes are kept for ever. */
enum audit_action {
    AUDIT_NONE, /* no action */
#define ACTION(action, word, entity, kept) action,
#include "audit/action.def"
#undef ACTION
    AUDIT_ACTION_COUNT /* how many values there are, with NONE */
};

/* The words of enum audit_action as they are stored and shown: "bag.create". */
extern const struct word_set audit_action_set;

/* Whether the notes of this action are kept for ever. Others are deleted after 90 days or more (by
 * whole months), and lose `before` and `after` after 30 days. */
bool audit_action_is_kept(enum audit_action action);

/* Add a note: the signed-in user did `action` to the thing whose row has the id `entity_id` (0: no
 * single row). `before` and `after`, the thing's state as JSON, and `reason`, as the user entered
 * it, may each be NULL. The call gives user, address and request id. Never pass secrets. */
MUST_USE bool audit_note(struct call *call, enum audit_action action, int64_t entity_id,
    const char *before, const char *after, const char *reason);

/* A note for audit_note_many(): one of the requests that are served together as a batch. */
struct audit_item {
    int64_t user_id, entity_id; /* who did it; id of the thing's row, 0: no single row */
    /* The thing's state as JSON, NULL: none; the client's IP address; the request's id. */
    const char *before, *after, *address, *request_id;
};

/* Add `count` notes of the same action by different users, in one SQL statement, which is added to
 * the pipeline (statements that are sent together later). Running the pipeline reports failures. */
void audit_note_many(struct call *call, struct db_pipeline *pipeline, enum audit_action action,
    const struct audit_item *items, size_t count);

/* A note as the audit list shows it. */
struct audit_row {
    int64_t us, id; /* its position in the list: `at` in microseconds since 1970, the note's id */
    /* When; the user's name; words of the action and of the kind of thing ("bag"). */
    const char *at, *user, *action, *entity;
    int64_t entity_id; /* id of the thing's row */
    const char *name; /* the present name of the thing; NULL if it is deleted or has no name */
    const char *before, *after, *reason, *address, *request_id; /* see audit_note() */
};

/* Which notes to list; a member that is NULL or NO_I64 (no value) matches everything. */
struct audit_filter {
    struct listing_span span; /* how many rows to read */
    int64_t before_us, before_id; /* `us` and `id` of the previous page's last row */
    const char *user; /* name */
    const char *action, *entity; /* words, as in struct audit_row */
    int64_t since_us, until_us; /* from, and before: microseconds since 1970 */
};

/* The description of the audit list (filters, rows, order, columns), newest first, by which
 * GET /api/audit and its export are served. */
extern const struct listing audit_listing;

#endif
