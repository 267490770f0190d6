/*
 * Near codes: the codes that somebody may have meant who misread or mistyped one.
 *
 * A near code differs from the given one by a single mistake: one character is wrong, missing, too
 * many, or exchanged with its neighbour. Mistakes between characters that look alike, such as O and
 * 0, come first.
 */
#ifndef SEARCH_NEAR_CODES_H
#define SEARCH_NEAR_CODES_H

#include <stddef.h>

#include "base/arena.h"

/* The longest code, in characters, for which near codes are made: longer ones have thousands. */
#define NEAR_CODE_LONGEST 20

/* Make all codes that are near to `code`, the likeliest first; some may occur twice. *codes is an
 * array in the arena; returns its length. Returns 0, and leaves *codes as it is, for a code that is
 * shorter than 4 or longer than NEAR_CODE_LONGEST characters, or has others than A-Z, 0-9 and '-'.
 */
size_t near_codes(struct arena *arena, const char *code, const char *const **codes);

#endif
