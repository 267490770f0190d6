/*
 * Verdict: the result of a scan: the change was made, or why it was refused.
 *
 * A scan is one reading of a bag's label by a device, for example to put a child bag into a parent
 * bag. verdict.def has the table of all verdicts: the word, the HTTP status, and the reason, which
 * is the key of a sentence for people in base/words.def.
 */
#ifndef BAG_VERDICT_H
#define BAG_VERDICT_H

#include "base/word_set.h"
#include "base/words.h"

/* The results of a scan, one per row of verdict.def: VERDICT_DONE and VERDICT_LINKED mean success,
 * all others are refusals: VERDICT_FULL, VERDICT_OTHER_AREA and so on. */
enum verdict {
    VERDICT_NONE, /* not decided yet */
#define VERDICT(verdict, name, http, reason) verdict,
#include "bag/verdict.def"
#undef VERDICT
    VERDICT_COUNT /* how many values there are, with NONE */
};

/* The words of enum verdict, as in JSON and in the database: "linked", "full". */
extern const struct word_set verdict_set;

/* Return the word of a verdict, a static text such as "full"; NULL for VERDICT_NONE. */
const char *verdict_name(enum verdict verdict);

/* Return the HTTP status of the answer to a scan with this verdict, such as 201 or 409. */
int verdict_http_status(enum verdict verdict);

/* Return the general reason of a refusal, such as REASON_SCAN_FULL; REASON_NONE if the scan was not
 * refused. A more precise one, which names the bags of the scan, may be known to the caller. */
enum reason verdict_reason(enum verdict verdict);

/* Return the English sentence for verdict_reason(), a static text: "There is no room left." */
const char *verdict_words(enum verdict verdict);

#endif
