/*
 * Listing: the description of a list (its filters, rows, order and columns) as one constant.
 *
 * The HTTP route, the export and the check of docs/openapi.yaml all read this constant, so they
 * can't differ. A record is a C struct that one row is read into. A filter is a struct of the
 * feature, with all that was asked for: it begins with a struct listing_span, and has a member for
 * each query parameter and each key, NULL (NO_I64) if not given. The keys are the members of a row
 * that give its position: rows are sorted by them, and a page begins after the last row's keys.
 *
 * A listing that walks has no index for its filters: it looks at up to `span.walk` rows in the
 * order of the keys and returns those that match. Its rows begin with a struct listing_mark; the
 * last row looked at is returned even if it does not match, for the next page to continue there.
 * `call` is the unit of work in hand, such as a request, with its memory and database session.
 */
#ifndef LIST_LISTING_H
#define LIST_LISTING_H

#include "base/call.h"
#include "base/json.h"
#include "base/text.h"
#include "base/word_set.h"

/* The type of a query parameter, and of its member of the filter. */
enum listing_kind {
    LISTING_TEXT = 1, /* const char *, at most 100 bytes */
    LISTING_WORD, /* const char *, a word of the set `words` */
    LISTING_NAME, /* const char *, the text_key() of a name: ignores case, for comparing */
    LISTING_CODE, /* const char *, normalised by the function `clean` */
    LISTING_TRUTH, /* const char *, "true" or "false" */
    LISTING_FROM, /* int64_t, microseconds since 1970: the start of the day or moment given */
    LISTING_TO, /* int64_t: the end of the day or moment given; rows are before it */
};

/* A query parameter that a list accepts. */
struct listing_filter {
    const char *name; /* of the parameter */
    enum listing_kind kind;
    size_t offset; /* of its member in the filter struct */
    const struct word_set *words; /* LISTING_WORD: the words that are allowed */
    const char *(*clean)(struct call *call, const char *text); /* LISTING_CODE; NULL: no change */
    bool in_path; /* it is {name} in the route's path instead, and always given */
};

/* The type of a key in the row, and in the filter. */
enum listing_key_kind {
    LISTING_KEY_I64 = 1, /* int64_t in both */
    LISTING_KEY_TRUTH, /* bool in the row, "t" or "f" in the filter */
    LISTING_KEY_UUID, /* const char * in both */
    LISTING_KEY_TEXT, /* const char * in both; only allowed as the last key */
};

/* A key: a member of the row that is part of its position. */
struct listing_key {
    enum listing_key_kind kind;
    size_t row, filter; /* offsets of its members in both structs */
};

/* A column of the exported file. */
struct listing_column {
    const char *field; /* name of the row's field */
    const char *title;
    int width; /* in characters */
};

/* How much listing.find() shall read. The first member of each filter struct. */
struct listing_span {
    int64_t count; /* rows to return, at most */
    int64_t walk; /* rows to look at, at most, if the listing walks */
};

/* First member of each row of a listing that walks; the statement that reads the rows sets it. */
struct listing_mark {
    bool fits; /* it matches the filter */
    bool ends; /* the walk ended here: it is the last row looked at */
};

/* Counting stops beyond this number of rows: the total is then only known to be at least that. */
#define LISTING_COUNT_MAX 10000

/* The result of listing.count(), which stops when it has looked at `span.count` rows, that is
 * LISTING_COUNT_MAX + 1. If it did, the total is at least `found`; else it is exactly that. */
struct listing_count {
    int64_t found; /* rows that match */
    int64_t looked; /* rows looked at, whether they match or not; 0: the count was known before */
};

/* The table of the members of struct listing_count (name, type, offset), for reading it from the
 * row of an SQL statement that counts. */
extern const struct shape listing_count_shape;

/* The description of one list. Optional pointers may be NULL. */
struct listing {
    const char *name; /* "bags" */
    const char *title; /* of the exported sheet; NULL: it can't be exported */
    const struct shape *row; /* the members of a row: names, types, offsets */
    const struct listing_filter *filters;
    size_t filters_count;
    const struct listing_key *keys; /* one at least */
    size_t keys_count;
    size_t filter_size; /* of the filter struct */
    bool walks; /* see above; rows begin with a struct listing_mark */
    bool picks; /* accepts ?fields=, the names of the fields to return */
    const struct listing_column *columns; /* of the exported sheet */
    size_t columns_count;

    /* Reads the rows after the filter's keys, within its span. */
    bool (*find)(struct call *call, const void *filter, struct list *rows);

    /* Counts all rows that match the filter, on whatever page they are. Optional. */
    bool (*count)(struct call *call, const void *filter, struct listing_count *count);

    /* Adds members to the JSON object of the answer. Optional. */
    bool (*add)(struct call *call, struct json *json);
};

/* clang-format off */
/* A struct listing_filter: the query parameter is stored in this member of the filter `record`. */
#define LISTING_FILTER(record, member, parameter, filter_kind) \
    { .name = parameter, .kind = (filter_kind), .offset = offsetof(record, member) }
/* A struct listing_filter whose value must be a word of the word set `set`. */
#define LISTING_WORDS(record, member, parameter, set) \
    { .name = parameter, .kind = LISTING_WORD, .offset = offsetof(record, member), .words = &(set) }
/* A struct listing_filter whose value is a code, normalised by the function `cleaner`. */
#define LISTING_CLEANED(record, member, parameter, cleaner) \
    { .name = parameter, .kind = LISTING_CODE, .offset = offsetof(record, member), .clean = (cleaner) }
/* A struct listing_filter whose value is a code from {parameter} in the route's path. */
#define LISTING_OF_PATH(record, member, parameter, cleaner) \
    { .name = parameter, .kind = LISTING_CODE, .offset = offsetof(record, member), .clean = (cleaner), \
      .in_path = true }
/* A struct listing_key: a member of the row, and the one of the filter that takes its value. */
#define LISTING_KEY(key_kind, row_record, row_member, filter_record, filter_member) \
    { (key_kind), offsetof(row_record, row_member), offsetof(filter_record, filter_member) }
/* The first two fields of the table of a row that begins with `struct listing_mark mark`. */
#define LISTING_MARKS(record) \
    { .name = "fits", .type = FIELD_BOOL, .offset = offsetof(record, mark.fits), .hidden = true }, \
    { .name = "ends", .type = FIELD_BOOL, .offset = offsetof(record, mark.ends), .hidden = true }
/* clang-format on */

/* Called at start: if the constant is incomplete, prints the reason and aborts. */
void listing_check(const struct listing *listing);

/* The name of a kind in docs and help: "text", "word", "truth" or "moment". A static text. */
const char *listing_kind_name(enum listing_kind kind);

/* Whether `name` is one of the listing's filters, including those in the path. */
bool listing_has_filter(const struct listing *listing, const char *name);

#endif
