/*
 * Promotion: asking to become an administrator.
 *
 * Everybody has one request at a time; the schema holds that. It is decided once, and the role
 * changes in the same way as when an administrator changes it by himself.
 */
#ifndef USER_PROMOTION_H
#define USER_PROMOTION_H

#include "base/call.h"
#include "base/shape.h"

struct promotion {
    const char *cursor; /* where the next page begins */
    int64_t id, user_id;
    const char *username, *role; /* the role is what he has now */
    const char *reason;
    const char *state; /* "pending", "approved", "refused"; "withdrawn" with a deleted account */
    const char *asked_at, *decided_at, *decided_by, *notes;
};

/* As people see it: without `cursor`. */
extern const struct shape promotion_shape;

struct promotion_filter {
    const char *state, *username; /* NULL: any */
    int64_t before; /* a cursor; NO_I64: from the newest on */
    int64_t count;
};

/* Newest first: an administrator sees all of them, anybody else his own. */
MUST_USE bool promotion_list(
    struct call *call, const struct promotion_filter *filter, struct list *promotions);

/* Ask. FAULT_BAD_FIELDS; FAULT_REFUSED for an administrator, and while a request is pending. */
MUST_USE bool promotion_create(struct call *call, const char *reason, struct promotion *promotion);

/*
 * Decide it, and tell whoever asked. `notes` may be NULL. FAULT_BAD_FIELDS, FAULT_NOT_FOUND;
 * FAULT_REFUSED when it was decided already.
 */
MUST_USE bool promotion_decide(
    struct call *call, int64_t id, bool approve, const char *notes, struct promotion *promotion);

#endif
