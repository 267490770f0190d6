#include "bag/verdict.h"

static const struct {
    int http;
    enum reason reason;
} verdict_rows[VERDICT_COUNT] = {
#define VERDICT(verdict, name, http, reason) [verdict] = { http, REASON_##reason },
#include "bag/verdict.def"
#undef VERDICT
};

static const char *const verdict_names[] = {
    NULL,
#define VERDICT(verdict, name, http, reason) name,
#include "bag/verdict.def"
#undef VERDICT
};

const struct word_set verdict_set = WORD_SET(scan_verdict, verdict_names);

const char *verdict_name(enum verdict verdict)
{
    return word_set_word(&verdict_set, verdict);
}

int verdict_http_status(enum verdict verdict)
{
    return verdict_rows[verdict].http;
}

enum reason verdict_reason(enum verdict verdict)
{
    return verdict_rows[verdict].reason;
}

const char *verdict_words(enum verdict verdict)
{
    return words_reason(verdict_rows[verdict].reason)->english;
}
