/*
 * Listing: a list written down once.
 *
 * One constant says what a list is called, what it can be asked for, what a row is, what names a
 * row's place, and how it looks as a sheet. The route, the export, `tracetrack export` and the
 * check of docs/openapi.yaml walk the same constant, so none of them can forget what another one
 * knows.
 *
 * The filter that find() gets is a struct of the feature. It begins with a struct listing_span;
 * each parameter and each key of the cursor has a member of its own, NULL (or NO_I64) when it
 * wasn't asked for; a moment without a parameter would be 1970. Rows come in the order of the keys.
 *
 * A bounded walk looks through `span.walk` rows of an index and picks those that fit. Its rows
 * begin with a struct listing_mark: the last one that was looked at comes along even if it doesn't
 * fit, so that the next page can go on behind it. Such a page may have fewer rows than were asked
 * for, even none, and says that it is `partial`.
 */
#ifndef LIST_LISTING_H
#define LIST_LISTING_H

#include "base/call.h"
#include "base/json.h"
#include "base/text.h"
#include "base/word_set.h"

enum listing_kind {
    LISTING_TEXT = 1, /* const char *, at most 100 bytes */
    LISTING_WORD, /* const char *, a word of the set */
    LISTING_NAME, /* const char *, of a person, an area or a family: its text_key() */
    LISTING_CODE, /* const char *, cleaned by `clean` */
    LISTING_TRUTH, /* const char *, "true" or "false" */
    LISTING_FROM, /* int64_t, microseconds since 1970: a day or a moment, its beginning */
    LISTING_TO, /* int64_t: the same, but its end; what is earlier belongs to the list */
};

struct listing_filter {
    const char *name; /* of the query parameter */
    enum listing_kind kind;
    size_t offset; /* in the filter */
    const struct word_set *words;
    const char *(*clean)(struct call *call, const char *text);
    bool in_path; /* it stands for {name} in the route's path, and is never missing */
};

enum listing_key_kind {
    LISTING_KEY_I64 = 1, /* int64_t in both */
    LISTING_KEY_TRUTH, /* bool in the row, "t" or "f" in the filter */
    LISTING_KEY_UUID, /* const char * in both */
    LISTING_KEY_TEXT, /* the same; the last one */
};

struct listing_key {
    enum listing_key_kind kind;
    size_t row, filter; /* where the key stands in either */
};

struct listing_column {
    const char *field; /* of the row */
    const char *title;
    int width; /* in characters */
};

struct listing_span {
    int64_t count; /* rows wanted */
    int64_t walk; /* rows looked at, at most */
};

struct listing_mark {
    bool fits; /* belongs to the list */
    bool ends; /* was the last one looked at */
};

/* Beyond, nobody counts: the list has more than that. */
#define LISTING_COUNT_MAX 10000

/* Looking ends at `span.count` rows, which is one more than LISTING_COUNT_MAX. */
struct listing_count {
    int64_t found; /* of them belong to the list */
    int64_t looked; /* 0: it was known without looking */
};

/* The shape of a statement that counts: found, looked. */
extern const struct shape listing_count_shape;

struct listing {
    const char *name; /* "bags" */
    const char *title; /* of the sheet; NULL: it is no export */
    const struct shape *row;
    const struct listing_filter *filters;
    size_t filters_count;
    const struct listing_key *keys;
    size_t keys_count;
    size_t filter_size;
    bool walks; /* rows begin with a struct listing_mark */
    bool picks; /* takes ?fields= */
    const struct listing_column *columns;
    size_t columns_count;

    /* The rows that come behind the keys. */
    bool (*find)(struct call *call, const void *filter, struct list *rows);

    /* How many there are in all; NULL when nobody counts them. */
    bool (*count)(struct call *call, const void *filter, struct listing_count *count);

    /* More members of the answer; may be NULL. */
    bool (*add)(struct call *call, struct json *json);
};

/* clang-format off */
#define LISTING_FILTER(record, member, parameter, filter_kind) \
    { .name = parameter, .kind = (filter_kind), .offset = offsetof(record, member) }
#define LISTING_WORDS(record, member, parameter, set) \
    { .name = parameter, .kind = LISTING_WORD, .offset = offsetof(record, member), .words = &(set) }
#define LISTING_CLEANED(record, member, parameter, cleaner) \
    { .name = parameter, .kind = LISTING_CODE, .offset = offsetof(record, member), .clean = (cleaner) }
#define LISTING_OF_PATH(record, member, parameter, cleaner) \
    { .name = parameter, .kind = LISTING_CODE, .offset = offsetof(record, member), .clean = (cleaner), \
      .in_path = true }
#define LISTING_KEY(key_kind, row_record, row_member, filter_record, filter_member) \
    { (key_kind), offsetof(row_record, row_member), offsetof(filter_record, filter_member) }
/* The two that come first in the row of a bounded walk. */
#define LISTING_MARKS(record) \
    { .name = "fits", .type = FIELD_BOOL, .offset = offsetof(record, mark.fits), .hidden = true }, \
    { .name = "ends", .type = FIELD_BOOL, .offset = offsetof(record, mark.ends), .hidden = true }
/* clang-format on */

/* Aborts with the reason when a constant is not complete. */
void listing_check(const struct listing *listing);

/* "text", "word" ... */
const char *listing_kind_name(enum listing_kind kind);

/* Whether `name` is one of the filters, those in the path as well. */
bool listing_has(const struct listing *listing, const char *name);

#endif
