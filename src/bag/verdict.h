/*
 * Verdict: what came of a scan. The table is verdict.def.
 */
#ifndef BAG_VERDICT_H
#define BAG_VERDICT_H

enum verdict {
#define VERDICT(verdict, name, http, words) verdict,
#include "bag/verdict.def"
#undef VERDICT
    VERDICT_COUNT
};

/* The verdict of the schema's name; aborts on an unknown one: the two lists are one. */
enum verdict verdict_from_name(const char *name);

const char *verdict_name(enum verdict verdict);
int verdict_http_status(enum verdict verdict);
const char *verdict_words(enum verdict verdict);

#endif
