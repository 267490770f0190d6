/*
 * Verdict: the result of a scan. verdict.def has the table.
 */
#ifndef BAG_VERDICT_H
#define BAG_VERDICT_H

#include "base/word_set.h"
#include "base/words.h"

enum verdict {
    VERDICT_NONE, /* not judged yet */
#define VERDICT(verdict, name, http, reason) verdict,
#include "bag/verdict.def"
#undef VERDICT
    VERDICT_COUNT
};

extern const struct word_set verdict_set;

const char *verdict_name(enum verdict verdict);
int verdict_http_status(enum verdict verdict);

/* Why it is a refusal, without what more can be said of this very scan; and the same in English. */
enum reason verdict_reason(enum verdict verdict);
const char *verdict_words(enum verdict verdict);

#endif
