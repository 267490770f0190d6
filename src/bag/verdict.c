#include "bag/verdict.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int http;
    const char *words;
} verdict_rows[VERDICT_COUNT] = {
#define VERDICT(verdict, name, http, words) [verdict] = { name, http, words },
#include "bag/verdict.def"
#undef VERDICT
};

enum verdict verdict_from_name(const char *name)
{
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (strcmp(verdict_rows[i].name, name) == 0)
            return (enum verdict)i;

    abort();
}

const char *verdict_name(enum verdict verdict)
{
    return verdict_rows[verdict].name;
}

int verdict_http_status(enum verdict verdict)
{
    return verdict_rows[verdict].http;
}

const char *verdict_words(enum verdict verdict)
{
    return verdict_rows[verdict].words;
}
