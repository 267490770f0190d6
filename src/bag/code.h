/*
 * Code: what stands on a bag's label.
 *
 * Which family a code belongs to, and whether it can be a child's, is the schema's to say
 * (bag_family_of() and the checks of `bag`); here is only what happens to scanner text before.
 */
#ifndef BAG_CODE_H
#define BAG_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Longer text is cut: it can't be a code, and its verdict need not quote all of it. */
#define BAG_CODE_MAX ((size_t)100)

/*
 * Scanner text as a code: cleaned (text_clean()); of a text with "LABEL NO. 0016586" in it the
 * digits: NO or NUMBER, any dots, colons, dashes and blanks between. `text` is well-formed UTF-8.
 */
const char *bag_code_clean(struct arena *arena, const char *text);

/* A hash for lane keys, never 0. `kind` keeps keys of different things apart. */
uint64_t lane_key_hash(char kind, const void *bytes, size_t length);

#endif
