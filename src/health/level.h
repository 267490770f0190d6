/*
 * Level: judges how full something is: database sessions, memory, a disk.
 */
#ifndef HEALTH_LEVEL_H
#define HEALTH_LEVEL_H

#include <stdint.h>

#include "base/json.h"
#include "base/word_set.h"

/* The levels, one per row of health_level.def: HEALTH_OK, HEALTH_WARNING, HEALTH_CRITICAL. */
enum health_level {
    HEALTH_NONE, /* not known */
#define WORD(name, word) name,
#include "health/health_level.def"
#undef WORD
    HEALTH_COUNT /* how many values there are, with NONE */
};

/* The words of enum health_level: "ok", "warning", "critical". */
extern const struct word_set health_level_set;

/* How full something is. */
struct fullness {
    int64_t percent; /* rounded down */
    int64_t threshold; /* the highest of 70, 85 and 95 that is reached; NO_I64: none */
    enum health_level level;
};

/* Judge `used` of `most`. With `most` 0 or less, which is not known, the level is HEALTH_NONE and
 * the numbers are NO_I64. */
struct fullness fullness_of(int64_t used, int64_t most);

/* Append "level", "threshold" and "percent" to the open object. */
void fullness_put(struct json *json, struct fullness fullness);

#endif
