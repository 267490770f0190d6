/*
 * Unicode: converts texts that look alike, but are encoded differently, to one form.
 *
 * Devices write one letter in several ways: composed or decomposed (NFC, NFD), in full width, in
 * either case. Texts go through these functions before they are compared or searched for; nothing
 * else in the program, SQL included, does such a conversion. The input is valid UTF-8; the result
 * is in the arena (memory that is freed all at once; base/arena.h).
 */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include "base/arena.h"

/* Convert a text to upper case and to the form NFKC, so that texts that differ only in case, width
 * or composition become equal. The result may be up to 18 times as long as `text` (UAX #15). */
char *unicode_fold(struct arena *arena, const char *text);

/* Convert a text to the composed form, NFC: a letter and its accent become one character. */
char *unicode_compose(struct arena *arena, const char *text);

/* Convert a text to the decomposed form, NFD: a letter and its accent become two characters. */
char *unicode_decompose(struct arena *arena, const char *text);

#endif
