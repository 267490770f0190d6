/*
 * Notice: a message to a person inside the program, shown until it is read.
 *
 * A notice is a row in the transaction of the event that it is about, so nobody is notified of
 * something that was rolled back. Each person keeps the newest few hundred.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "base/call.h"
#include "base/shape.h"

/* Notify one person. `link` is one of our pages ("/promotions") or NULL; longer texts are cut. */
MUST_USE bool notice_send(
    struct call *call, int64_t user_id, const char *title, const char *message, const char *link);

/* Notify every active administrator, and the address for administrators' mail. */
MUST_USE bool notice_send_admins(
    struct call *call, const char *title, const char *message, const char *link);

struct notice {
    const char *cursor; /* where the next page starts */
    int64_t id;
    const char *title, *message, *link, *created_at;
    const char *read_at; /* NULL: unread */
};

/* What people see: all but `cursor`. */
extern const struct shape notice_shape;

/* The caller's own notices: unread ones first, newest first. FAULT_BAD_FIELDS about the cursor. */
MUST_USE bool notice_list(
    struct call *call, const char *cursor, int64_t count, struct list *notices);

/* The number of the caller's unread notices. */
MUST_USE bool notice_count_unread(struct call *call, int64_t *count);

/* These only find the caller's own notices. FAULT_NOT_FOUND. */
MUST_USE bool notice_mark_read(struct call *call, int64_t id);
MUST_USE bool notice_mark_all_read(struct call *call, int64_t *count);
MUST_USE bool notice_delete(struct call *call, int64_t id);

#endif
