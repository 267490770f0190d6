/*
 * Code number: the number within a bag's code, so that a range of codes can be counted.
 *
 * In SB00017 it is 17, five digits wide; in P123-10, whose end is the number of children, 123.
 */
#ifndef LABEL_CODE_NUMBER_H
#define LABEL_CODE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct code_number {
    const char *before, *after; /* what stands around the digits; in the arena */
    int64_t number;
    int width; /* digits, leading zeros included */
};

/*
 * Find the number in a code: its last digits, or with `count_at_end` the last digits before its
 * last dash. False if there are none, or more than 15.
 */
bool code_number_read(
    struct arena *arena, const char *code, bool count_at_end, struct code_number *found);

/* The code that is `steps` behind it, with leading zeros up to the width; in the arena. */
const char *code_number_text(struct arena *arena, const struct code_number *from, int64_t steps);

/* The code with a # for each digit of the number: equal for two codes of the same range. */
const char *code_number_stem(struct arena *arena, const struct code_number *of);

#endif
