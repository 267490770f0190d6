/*
 * Code number: the number within a bag's code, by which a range of codes is counted.
 *
 * The code is the text on a bag's label. In SB00017 the number is 17, five digits wide, with "SB"
 * before it and nothing after it. Codes of some kinds of bags end with the number of bags that fit
 * in, after a dash: in P123-10 the number is 123, with "-10" after it. Returned texts live in the
 * arena, memory that is freed as a whole at the end of a request.
 */
#ifndef LABEL_CODE_NUMBER_H
#define LABEL_CODE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* A code, split at its number: before + number + after is the code. */
struct code_number {
    const char *before, *after; /* the text before the digits and after them; in the arena */
    int64_t number; /* the value of the digits */
    int width; /* how many digits there are, with leading zeros: 1 to 15 */
};

/* Split `code` at its number: its last digits, or if `count_at_end` is true and it has a dash, the
 * last digits before its last dash. Returns false, with *found unset, if there are no digits or
 * more than 15. */
bool code_number_read(
    struct arena *arena, const char *code, bool count_at_end, struct code_number *found);

/* Return the code whose number is greater by `steps`, in `arena`, with leading zeros up to the same
 * width: for SB00017 and 3 it is "SB00020". */
const char *code_number_text(struct arena *arena, const struct code_number *from, int64_t steps);

/* Return the code with a # in place of each digit of its number, in `arena`: "SB#####" for SB00017.
 * Two codes belong to the same range of numbers if these texts are equal. */
const char *code_number_stem(struct arena *arena, const struct code_number *of);

#endif
