/*
 * Word set: a closed set of words, which is an enum in C and often a type in PostgreSQL.
 *
 * Each set is written once, as rows WORD(NAME, "word") of a .def file. Its enum begins with "none",
 * which is 0 in C and NULL in SQL, so a word's position in the set is its value in C.
 * cmd/word_sets.c lists all sets; a test compares PostgreSQL's types with them.
 */
#ifndef BASE_WORD_SET_H
#define BASE_WORD_SET_H

#include <stddef.h>

#include "base/arena.h"

/* The words of one set, by their values in C. */
struct word_set {
    const char *name; /* the name of PostgreSQL's type, if there is one */
    size_t count; /* including "none" */
    const char *const *words; /* words[0] is NULL */
};

/* clang-format off */
#define WORD_SET(set, table) { #set, sizeof(table) / sizeof(table)[0], table }
/* clang-format on */

/* The value of a word; 0 if it is NULL or not in the set. */
unsigned word_set_find(const struct word_set *set, const char *word);

/* The word for a value; NULL for 0. */
const char *word_set_word(const struct word_set *set, unsigned value);

/* All words as a list to choose from: "one|another". */
const char *word_set_choices(struct arena *arena, const struct word_set *set);

#endif
