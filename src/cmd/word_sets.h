/*
 * Word sets: the list of all closed sets of words, such as the roles or the states of a bill.
 *
 * A word set is an enum in C, often a type in PostgreSQL, and a type in TypeScript. The list is for
 * comparing the C sets with PostgreSQL's and for generating TypeScript's.
 */
#ifndef CMD_WORD_SETS_H
#define CMD_WORD_SETS_H

#include "base/word_set.h"

/* Pointers to all word sets of the program; NULL after the last. */
extern const struct word_set *const word_sets[];

#endif
