/*
 * Word sets: the list of all closed sets of words, for comparing them with PostgreSQL and
 * TypeScript.
 */
#ifndef CMD_WORD_SETS_H
#define CMD_WORD_SETS_H

#include "base/word_set.h"

/* Ends with NULL. */
extern const struct word_set *const word_sets[];

#endif
