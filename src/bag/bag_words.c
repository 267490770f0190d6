#include "bag/bag_words.h"

static const char *const bag_kind_words[] = {
    NULL,
#define WORD(name, word) word,
#include "bag/bag_kind.def"
#undef WORD
};

const struct word_set bag_kind_set = WORD_SET(bag_kind, bag_kind_words);

static const char *const bag_status_words[] = {
    NULL,
#define WORD(name, word) word,
#include "bag/bag_status.def"
#undef WORD
};

const struct word_set bag_status_set = WORD_SET(bag_status, bag_status_words);

static const char *const scan_kind_words[] = {
    NULL,
#define WORD(name, word) word,
#include "bag/scan_kind.def"
#undef WORD
};

const struct word_set scan_kind_set = WORD_SET(scan_kind, scan_kind_words);

const char *bag_kind_name(enum bag_kind kind)
{
    return word_set_word(&bag_kind_set, kind);
}

const char *bag_status_name(enum bag_status status)
{
    return word_set_word(&bag_status_set, status);
}

const char *scan_kind_name(enum scan_kind kind)
{
    return word_set_word(&scan_kind_set, kind);
}
