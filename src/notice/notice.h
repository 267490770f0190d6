/*
 * Notice: a message to a person inside the program, shown until it is read.
 *
 * A notice is a row in the transaction of the event that it is about, so nobody is notified of
 * something that was rolled back. What is stored is its kind and its parameters; it is worded when
 * it is read, in English here and in the reader's language by the screens. Each person keeps the
 * newest few hundred.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

/* Notify one person: notice_send(call, id, PROMOTION_APPROVED, .notes = notes), a NOTICE of
 * words.def. */
#define notice_send(call, user_id, ...) notice_send_to((call), (user_id), WORDS_NOTICE(__VA_ARGS__))
MUST_USE bool notice_send_to(
    struct call *call, int64_t user_id, enum notice_kind kind, const void *params);

/* Notify every active administrator, and the address for administrators' mail. */
#define notice_send_admins(call, ...) notice_send_to_admins((call), WORDS_NOTICE(__VA_ARGS__))
MUST_USE bool notice_send_to_admins(struct call *call, enum notice_kind kind, const void *params);

struct notice {
    bool read; /* with `id` its place in the list */
    int64_t id;
    enum notice_kind kind; /* NOTICE_NONE: older than the kinds, with a title and a message alone */
    const char *params; /* JSON */
    const char *title, *message, *link, *created_at;
    const char *read_at; /* NULL: unread */
};

struct notice_filter {
    struct listing_span span;
    const char *after_read; /* "t", "f"; NULL: from the first one on */
    int64_t after_id;
};

extern const struct listing notice_listing;

/* The caller's own notices: unread ones first, newest first. */
MUST_USE bool notice_list(
    struct call *call, const struct notice_filter *filter, struct list *notices);

/* The number of the caller's unread notices. */
MUST_USE bool notice_count_unread(struct call *call, int64_t *count);

/* These only find the caller's own notices. FAULT_NOT_FOUND. */
MUST_USE bool notice_mark_read(struct call *call, int64_t id);
MUST_USE bool notice_mark_all_read(struct call *call, int64_t *count);
MUST_USE bool notice_delete(struct call *call, int64_t id);

#endif
