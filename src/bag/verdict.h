/*
 * Verdict: the result of a scan. verdict.def has the table.
 */
#ifndef BAG_VERDICT_H
#define BAG_VERDICT_H

enum verdict {
#define VERDICT(verdict, name, http, words) verdict,
#include "bag/verdict.def"
#undef VERDICT
    VERDICT_COUNT
};

/*
 * The verdict with this name in the schema; aborts on an unknown one, because the two lists must be
 * equal.
 */
enum verdict verdict_from_name(const char *name);

const char *verdict_name(enum verdict verdict);
int verdict_http_status(enum verdict verdict);
const char *verdict_words(enum verdict verdict);

#endif
