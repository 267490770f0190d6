/*
 * Code: the text on a bag's label.
 *
 * Here scanner text is only cleaned. Which family a code belongs to is decided by family_match.h,
 * whether a child may have it by rules.h.
 */
#ifndef BAG_CODE_H
#define BAG_CODE_H

#include <stddef.h>

#include "base/arena.h"

/* Longer text is cut: it can't be a code, and a verdict need not quote all of it. */
#define BAG_CODE_MAX ((size_t)100)

/*
 * Scanner text as a code, cleaned by text_clean(). If it contains "LABEL NO. 0016586" (NO or
 * NUMBER, with any dots, colons, dashes and blanks between), the code is the digits alone. `text`
 * is well-formed UTF-8.
 */
const char *bag_code_clean(struct arena *arena, const char *text);

#endif
