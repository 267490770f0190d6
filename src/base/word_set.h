/*
 * Word set: the texts of an enum's values, as JSON and SQL have them.
 *
 * Each set is written once, as rows WORD(NAME, "word") of a .def file, from which enum and texts
 * are made; often it is an enum type in PostgreSQL too. The enum begins with "none", which is 0 in
 * C and NULL in SQL, so a word's position in the set is its value in C. cmd/word_sets.c lists all
 * sets; a test compares them with PostgreSQL's types.
 */
#ifndef BASE_WORD_SET_H
#define BASE_WORD_SET_H

#include <stddef.h>

#include "base/arena.h"

/* The words of one enum. Word sets are constants. */
struct word_set {
    const char *name; /* of the PostgreSQL type, if there is one */
    size_t count; /* of the words, with words[0] */
    const char *const *words; /* the word of each enum value; words[0], "none", is NULL */
};

/* clang-format off */
/* Initialises a struct word_set: `set` is its name, unquoted; `table` is the array of its words. */
#define WORD_SET(set, table) { #set, sizeof(table) / sizeof(table)[0], table }
/* clang-format on */

/* The enum value of a word; 0 ("none") if it is NULL or not in the set. */
unsigned word_set_find(const struct word_set *set, const char *word);

/* The word of an enum value, a static text; NULL for 0 ("none"). */
const char *word_set_word(const struct word_set *set, unsigned value);

/* All words of the set joined by "|", such as "new|processing|completed", for messages. The text is
 * in the arena, or static if there is only one word. */
const char *word_set_choices(struct arena *arena, const struct word_set *set);

#endif
