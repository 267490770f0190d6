/*
 * Rules: the conditions that hold for all bags, as small functions.
 *
 * A parent is a large bag that holds child bags. Each rule is written here and nowhere else in C;
 * the CHECK constraints of the database say the same, for programs that bypass this one.
 */
#ifndef BAG_RULES_H
#define BAG_RULES_H

#include <string.h>

#include "bag/bag_words.h"
#include "base/shape.h"

/* The fewest characters of a child's code. */
#define CHILD_CODE_SHORTEST 4

/* The most characters of a child's code. */
#define CHILD_CODE_LONGEST 20

/* Whether a child may have this code: 4 to 20 upper-case letters and digits. The caller has checked
 * that it belongs to no family, the kinds of parents. */
static inline bool bag_is_child_code(const char *code)
{
    const size_t length = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    return length >= CHILD_CODE_SHORTEST && length <= CHILD_CODE_LONGEST && !code[length];
}

/* Return the status of a parent that has `child_count` children and can hold `capacity`. `done`: it
 * was completed before, because it was full or by a user who finished it early. */
static inline enum bag_status bag_status_of(int64_t child_count, int64_t capacity, bool done)
{
    return child_count == 0               ? BAG_STATUS_PENDING
        : done || child_count >= capacity ? BAG_STATUS_COMPLETED
                                          : BAG_STATUS_IN_PROGRESS;
}

/* Whether a user may see and change a bag. `person_area` is the id of the user's area, a part of
 * the organisation (0: not limited to one), `bag_area` that of the bag (NO_I64: in none). */
static inline bool area_allows(int64_t person_area, int64_t bag_area)
{
    return !person_area || bag_area == NO_I64 || bag_area == person_area;
}

#endif
