/*
 * Word sets: all closed sets of the program, for what holds them against other languages.
 */
#ifndef CMD_WORD_SETS_H
#define CMD_WORD_SETS_H

#include "base/word_set.h"

/* Ends with NULL. */
extern const struct word_set *const word_sets[];

#endif
