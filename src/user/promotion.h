/*
 * Promotion: a user's request to become an administrator, and an administrator's decision.
 *
 * Each user has at most one pending request, which the database schema ensures. It is decided once;
 * if it is approved, the role changes in the same way as when an administrator changes it directly.
 *
 * A call is one unit of work, such as an HTTP request: it has the memory (call->arena, where
 * results live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef USER_PROMOTION_H
#define USER_PROMOTION_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

/* The state of a request: PROMOTION_STATE_PENDING, _APPROVED, _REFUSED or _WITHDRAWN, which means
 * that the account was deleted meanwhile (promotion_state.def). */
enum promotion_state {
    PROMOTION_STATE_NONE, /* no value; SQL NULL */
#define WORD(name, word) name,
#include "user/promotion_state.def"
#undef WORD
    PROMOTION_STATE_COUNT /* how many values there are, with NONE */
};

/* The words of enum promotion_state in SQL and JSON: "pending", "approved" ... */
extern const struct word_set promotion_state_set;

/* A request as it is stored and as the API shows it. */
struct promotion {
    int64_t id, user_id; /* of the request; of the user who asks */
    const char *username; /* of the user who asks */
    enum role role; /* the role of that user now */
    const char *reason; /* why the user asks */
    enum promotion_state state;
    /* Times, the name of the administrator, and the administrator's remarks. NULL: not decided, or
     * no remarks. */
    const char *asked_at, *decided_at, *decided_by, *notes;
};

/* The field table of struct promotion, by which rows are read and JSON is written. */
extern const struct shape promotion_shape;

/* The filter of promotion_listing: which requests to return. */
struct promotion_filter {
    struct listing_span span; /* how many rows */
    int64_t before; /* only requests with a lower id; NO_I64: from the newest */
    const char *state; /* a word of promotion_state_set; NULL: any */
    const char *username; /* the whole name of the user who asks; NULL: any */
};

/* The list of requests for GET /api/promotions (see list/listing.h). */
extern const struct listing promotion_listing;

/* Read a page of requests, newest first; *promotions has struct promotion, in call->arena.
 * Administrators get all requests, other users only their own. */
MUST_USE bool promotion_list(
    struct call *call, const struct promotion_filter *filter, struct list *promotions);

/* Create a request of the signed-in user, notify the administrators, and read it into *promotion.
 * FAULT_BAD_FIELDS if the reason has not 10 to 500 characters; FAULT_REFUSED if the user is an
 * administrator or has a pending request. */
MUST_USE bool promotion_create(struct call *call, const char *reason, struct promotion *promotion);

/* Approve or refuse a pending request, change the role if approved, notify the user, and read the
 * request into *promotion. `notes` are for the user and may be NULL. FAULT_NOT_FOUND; FAULT_REFUSED
 * if it was decided before; FAULT_BAD_FIELDS if `notes` are over 500 characters. */
MUST_USE bool promotion_decide(
    struct call *call, int64_t id, bool approve, const char *notes, struct promotion *promotion);

#endif
