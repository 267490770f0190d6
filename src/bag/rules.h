/*
 * Rules: what is true of bags whatever is done with them. Each is written here and nowhere else in
 * C; the CHECKs of the schema say the same, for those who write past this program.
 */
#ifndef BAG_RULES_H
#define BAG_RULES_H

#include <string.h>

#include "bag/bag_words.h"
#include "base/shape.h"

#define CHILD_CODE_SHORTEST 4
#define CHILD_CODE_LONGEST 20

/* Whether a child may have this code, which is of no family. */
static inline bool bag_is_child_code(const char *code)
{
    const size_t length = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    return length >= CHILD_CODE_SHORTEST && length <= CHILD_CODE_LONGEST && !code[length];
}

/* A parent's status. `done`: it was completed, by its last place or early. */
static inline enum bag_status bag_status_of(int64_t child_count, int64_t capacity, bool done)
{
    return child_count == 0               ? BAG_STATUS_PENDING
        : done || child_count >= capacity ? BAG_STATUS_COMPLETED
                                          : BAG_STATUS_IN_PROGRESS;
}

/* Whether a person of this area (0: of none) may see and touch a bag of that one (NO_I64: of none).
 */
static inline bool area_allows(int64_t person_area, int64_t bag_area)
{
    return !person_area || bag_area == NO_I64 || bag_area == person_area;
}

#endif
