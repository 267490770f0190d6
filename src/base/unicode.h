/*
 * Unicode: when two texts that look alike are the same text.
 *
 * Phones, keyboards and systems write one letter in several ways: composed or not (NFC, NFD), in
 * full width, in either case. Whatever is compared or looked for goes through one of these
 * functions first, and nothing else in the program, SQL included, folds text on its own.
 */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include "base/arena.h"

/*
 * The one form of all texts that differ by case, width or composition only: compatibility forms are
 * folded (NFKC), then case (full case folding, Unicode 3.13), and what is left is shown in upper
 * case. `text` is well-formed UTF-8. It may be longer than `text`, at most 18 times (UAX #15).
 */
char *unicode_fold(struct arena *arena, const char *text);

/* The composed form (NFC), and the one with all letters taken apart (NFD). `text` is well-formed
 * UTF-8. */
char *unicode_compose(struct arena *arena, const char *text);

/* The text with letters and their marks apart (form NFD), in the arena. */
char *unicode_decompose(struct arena *arena, const char *text);

#endif
