/*
 * Notice: what somebody is told inside the program, until they have read it.
 *
 * A notice is a row in the transaction of what it tells about, so nobody hears of a thing that did
 * not happen. Each person keeps the newest few hundred.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "base/call.h"
#include "base/shape.h"

/* Tell one person. `link` is a page of ours ("/promotions") or NULL; longer texts are cut. */
MUST_USE bool notice_send(
    struct call *call, int64_t user_id, const char *title, const char *message, const char *link);

/* Tell every active administrator, and whoever reads mail for them. */
MUST_USE bool notice_send_admins(
    struct call *call, const char *title, const char *message, const char *link);

struct notice {
    const char *cursor; /* where the next page begins */
    int64_t id;
    const char *title, *message, *link, *created_at;
    const char *read_at; /* NULL: unread */
};

/* As people see it: without `cursor`. */
extern const struct shape notice_shape;

/* The caller's own, unread ones first, then the newest. FAULT_BAD_FIELDS about the cursor. */
MUST_USE bool notice_list(
    struct call *call, const char *cursor, int64_t count, struct list *notices);

MUST_USE bool notice_count_unread(struct call *call, int64_t *count);

/* The caller's own; somebody else's is FAULT_NOT_FOUND. */
MUST_USE bool notice_mark_read(struct call *call, int64_t id);
MUST_USE bool notice_mark_all_read(struct call *call, int64_t *count);
MUST_USE bool notice_delete(struct call *call, int64_t id);

#endif
