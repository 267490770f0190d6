#include "base/word_set.h"

#include <assert.h>
#include <string.h>

unsigned word_set_find(const struct word_set *set, const char *word)
{
    for (unsigned i = 1; word && i < set->count; i++)
        if (strcmp(set->words[i], word) == 0)
            return i;
    return 0;
}

const char *word_set_word(const struct word_set *set, unsigned value)
{
    assert(value < set->count);
    return set->words[value];
}

const char *word_set_choices(struct arena *arena, const struct word_set *set)
{
    const char *choices = set->words[1];

    for (size_t i = 2; i < set->count; i++)
        choices = arena_format(arena, "%s|%s", choices, set->words[i]);
    return choices;
}
