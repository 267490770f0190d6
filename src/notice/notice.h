/*
 * Notice: a message inside the program to one user, who sees it until it is read or deleted.
 *
 * A notice is a row that is written in the transaction of the event that it is about, so nobody is
 * notified of something that was rolled back. Only its kind (a NOTICE row of base/words.def, which
 * has the English texts) and its parameters are stored; the text is made when it is read: here in
 * English, in the screens in the reader's language. Each user keeps the newest 300.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where results
 * live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

/* Notify one user: notice_send(call, user_id, PROMOTION_APPROVED, .notes = notes). The third
 * argument is a NOTICE of base/words.def, the others are its parameters by name. Returns false if
 * it can't be stored. */
#define notice_send(call, user_id, ...) notice_send_to((call), (user_id), WORDS_NOTICE(__VA_ARGS__))

/* Store a notice of this kind for a user; use notice_send(), which checks the parameters. `params`
 * is the struct words_<name> of the kind (base/words.h). */
MUST_USE bool notice_send_to(
    struct call *call, int64_t user_id, enum notice_kind kind, const void *params);

/* Notify every active administrator of the organisation, and queue a mail to the administrators'
 * mail address, if one is set: notice_send_admins(call, ACCOUNT_ASKED, .username = name). The
 * arguments are those of notice_send() without the user. */
#define notice_send_admins(call, ...) notice_send_to_admins((call), WORDS_NOTICE(__VA_ARGS__))

/* Store a notice of this kind for every active administrator and queue the mail; use
 * notice_send_admins(). `params` is the struct words_<name> of the kind. */
MUST_USE bool notice_send_to_admins(struct call *call, enum notice_kind kind, const void *params);

/* A stored notice, as the API shows it. */
struct notice {
    bool read; /* was read; with `id` its list position: unread notices first, then newest first */
    int64_t id;
    enum notice_kind kind; /* NOTICE_NONE: an old one that was stored with title and message only */
    const char *params; /* the parameters as a JSON object */
    /* In English: its heading and text; the path of the screen that it is about; a time. */
    const char *title, *message, *link, *created_at;
    const char *read_at; /* a time; NULL: unread */
};

/* The filter of notice_listing: which page of the list to return. */
struct notice_filter {
    struct listing_span span; /* how many rows */
    const char *after_read; /* `read` of the last row before it, "t" or "f"; NULL: first page */
    int64_t after_id; /* id of that row */
};

/* The list of the signed-in user's notices, with the number of unread ones, for GET
 * /api/notifications (see list/listing.h). */
extern const struct listing notice_listing;

/* Read a page of the signed-in user's notices: unread ones first, then newest first. *notices has
 * struct notice, in call->arena. */
MUST_USE bool notice_list(
    struct call *call, const struct notice_filter *filter, struct list *notices);

/* Count the signed-in user's unread notices into *count. */
MUST_USE bool notice_count_unread(struct call *call, int64_t *count);

/* Mark one notice of the signed-in user as read; no change if it is. FAULT_NOT_FOUND if the user
 * has no notice with this id. */
MUST_USE bool notice_mark_read(struct call *call, int64_t id);

/* Mark all unread notices of the signed-in user as read; *count is their number. */
MUST_USE bool notice_mark_all_read(struct call *call, int64_t *count);

/* Delete one notice of the signed-in user. FAULT_NOT_FOUND if the user has none with this id. */
MUST_USE bool notice_delete(struct call *call, int64_t id);

#endif
