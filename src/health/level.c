#include "health/level.h"

#include <stddef.h>

#include "base/text.h"

static const char *const health_level_words[] = {
    NULL,
#define WORD(name, word) word,
#include "health/health_level.def"
#undef WORD
};

const struct word_set health_level_set = WORD_SET(health_level, health_level_words);

static const struct {
    int64_t percent;
    enum health_level level;
} thresholds[] = {
    { 95, HEALTH_CRITICAL },
    { 85, HEALTH_CRITICAL },
    { 70, HEALTH_WARNING },
};

struct fullness fullness_of(int64_t used, int64_t most)
{
    struct fullness fullness = { NO_I64, NO_I64, HEALTH_NONE };

    if (most <= 0)
        return fullness;

    fullness.percent = used > INT64_MAX / 100 ? used / (most / 100) : used * 100 / most;
    fullness.level = HEALTH_OK;
    for (size_t i = 0; i < COUNT_OF(thresholds); i++)
        if (fullness.percent >= thresholds[i].percent) {
            fullness.threshold = thresholds[i].percent;
            fullness.level = thresholds[i].level;
            break;
        }
    return fullness;
}

void fullness_put(struct json *json, struct fullness fullness)
{
    json_put_text(json, "level", word_set_word(&health_level_set, fullness.level));
    json_put_i64(json, "threshold", fullness.threshold);
    json_put_i64(json, "percent", fullness.percent);
}
