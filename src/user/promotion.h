/*
 * Promotion: a request to become an administrator.
 *
 * Each person has at most one pending request, which the schema ensures. It is decided once; the
 * role then changes in the same way as when an administrator changes it directly.
 */
#ifndef USER_PROMOTION_H
#define USER_PROMOTION_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

enum promotion_state {
    PROMOTION_STATE_NONE,
#define WORD(name, word) name,
#include "user/promotion_state.def"
#undef WORD
    PROMOTION_STATE_COUNT
};

extern const struct word_set promotion_state_set;

struct promotion {
    int64_t id, user_id;
    const char *username;
    enum role role; /* the present role */
    const char *reason;
    enum promotion_state state;
    const char *asked_at, *decided_at, *decided_by, *notes;
};

extern const struct shape promotion_shape;

struct promotion_filter {
    struct listing_span span;
    int64_t before; /* an id; NO_I64: start with the newest */
    const char *state, *username; /* NULL: any */
};

extern const struct listing promotion_listing;

/* Newest first. Administrators see all requests, other people only their own. */
MUST_USE bool promotion_list(
    struct call *call, const struct promotion_filter *filter, struct list *promotions);

/*
 * Create a request of the caller. FAULT_BAD_FIELDS; FAULT_REFUSED if the caller is an administrator
 * or has a pending request.
 */
MUST_USE bool promotion_create(struct call *call, const char *reason, struct promotion *promotion);

/*
 * Decide a request and notify the person. `notes` may be NULL. FAULT_BAD_FIELDS, FAULT_NOT_FOUND;
 * FAULT_REFUSED if it was decided already.
 */
MUST_USE bool promotion_decide(
    struct call *call, int64_t id, bool approve, const char *notes, struct promotion *promotion);

#endif
