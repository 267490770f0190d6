/*
 * Bag words: the kinds and statuses of bags, and the kinds of scans, as enums with their words.
 *
 * A parent is a large bag that holds child bags. A scan is an entry in the history of bags: a label
 * that was scanned, or another change. A word set is a table of the words that an enum's values
 * have in JSON and in PostgreSQL (base/word_set.h). Each .def file has one row per value.
 */
#ifndef BAG_BAG_WORDS_H
#define BAG_BAG_WORDS_H

#include "base/word_set.h"

/* The kinds of bags, from bag_kind.def: BAG_KIND_PARENT and BAG_KIND_CHILD. */
enum bag_kind {
    BAG_KIND_NONE, /* no kind */
#define WORD(name, word) name,
#include "bag/bag_kind.def"
#undef WORD
    BAG_KIND_COUNT /* how many values there are, with NONE */
};

/* How full a parent is, from bag_status.def: BAG_STATUS_PENDING (it has no children),
 * BAG_STATUS_IN_PROGRESS, BAG_STATUS_COMPLETED (full, or finished early). */
enum bag_status {
    BAG_STATUS_NONE, /* a child */
#define WORD(name, word) name,
#include "bag/bag_status.def"
#undef WORD
    BAG_STATUS_COUNT /* how many values there are, with NONE */
};

/* What was done in a scan, from scan_kind.def: SCAN_KIND_LINK (a child was put into a parent),
 * SCAN_KIND_BILL (a parent was put onto a bill) and so on. */
enum scan_kind {
    SCAN_KIND_NONE, /* no kind */
#define WORD(name, word) name,
#include "bag/scan_kind.def"
#undef WORD
    SCAN_KIND_COUNT /* how many values there are, with NONE */
};

/* The words of enum bag_kind ("parent"), enum bag_status ("in_progress") and enum scan_kind
 * ("link"), in JSON and in the database. */
extern const struct word_set bag_kind_set, bag_status_set, scan_kind_set;

/* Return the word of a kind of bag, a static text: "parent" or "child"; NULL for BAG_KIND_NONE. */
const char *bag_kind_name(enum bag_kind kind);

/* Return the word of a parent's status, a static text: "pending", "in_progress" or "completed";
 * NULL for BAG_STATUS_NONE. */
const char *bag_status_name(enum bag_status status);

/* Return the word of a kind of scan, a static text such as "link"; NULL for SCAN_KIND_NONE. */
const char *scan_kind_name(enum scan_kind kind);

#endif
