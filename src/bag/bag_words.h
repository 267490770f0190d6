/*
 * Bag words: the kinds and statuses of bags, and the kinds of scans, in C and in the schema.
 */
#ifndef BAG_BAG_WORDS_H
#define BAG_BAG_WORDS_H

#include "base/word_set.h"

enum bag_kind {
    BAG_KIND_NONE,
#define WORD(name, word) name,
#include "bag/bag_kind.def"
#undef WORD
    BAG_KIND_COUNT
};

enum bag_status {
    BAG_STATUS_NONE, /* a child */
#define WORD(name, word) name,
#include "bag/bag_status.def"
#undef WORD
    BAG_STATUS_COUNT
};

enum scan_kind {
    SCAN_KIND_NONE,
#define WORD(name, word) name,
#include "bag/scan_kind.def"
#undef WORD
    SCAN_KIND_COUNT
};

extern const struct word_set bag_kind_set, bag_status_set, scan_kind_set;

const char *bag_kind_name(enum bag_kind kind);
const char *bag_status_name(enum bag_status status);
const char *scan_kind_name(enum scan_kind kind);

#endif
