/*
 * Word set: a closed set of words, which is an enum in C and often a type in PostgreSQL.
 *
 * Each set is written down once, in a .def file of rows WORD(NAME, "word"). Its enum begins with
 * "none", which is 0 here and NULL in SQL, so a word's place in the set is its value in C. All sets
 * are named in cmd/word_sets.c; a test holds PostgreSQL's types against them.
 */
#ifndef BASE_WORD_SET_H
#define BASE_WORD_SET_H

#include <stddef.h>

#include "base/arena.h"

struct word_set {
    const char *name; /* that of the type, where PostgreSQL has one */
    size_t count; /* "none" included */
    const char *const *words; /* words[0] is NULL */
};

/* clang-format off */
#define WORD_SET(set, table) { #set, sizeof(table) / sizeof(table)[0], table }
/* clang-format on */

/* The value of the word; 0 when it is NULL, or not one of the set. */
unsigned word_set_find(const struct word_set *set, const char *word);

/* The word of a value; NULL of 0. */
const char *word_set_word(const struct word_set *set, unsigned value);

/* All of them, to choose from: "one|another". */
const char *word_set_choices(struct arena *arena, const struct word_set *set);

#endif
