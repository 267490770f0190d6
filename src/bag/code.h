/*
 * Code: the text on a bag's label, by which the bag is known.
 *
 * Here the text that a scanner sends is only brought into its standard form. Which family (kind of
 * parent bag) a code belongs to is decided by family/family_match.h, whether a child bag may have
 * it by bag/rules.h.
 */
#ifndef BAG_CODE_H
#define BAG_CODE_H

#include <stddef.h>

#include "base/arena.h"

/* The most bytes that bag_code_clean() returns, without the NUL; it cuts off the rest. No valid
 * code is as long, and error messages need not quote all of the text. */
#define BAG_CODE_MAX ((size_t)100)

/* Return the code in a scanned text, in `arena`: upper case, without control characters and
 * surrounding blanks (text_clean()), at most BAG_CODE_MAX bytes. Of "LABEL NO. 0016586" (NO or
 * NUMBER, with any dots, colons, dashes and blanks between) it is the digits alone. The result need
 * not be a valid code. `text` is well-formed UTF-8. */
const char *bag_code_clean(struct arena *arena, const char *text);

#endif
