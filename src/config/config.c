#include "config/config.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

static bool option_find(const char *name, enum option_id *id)
{
    for (int i = 0; i < OPTIONS_COUNT; i++)
        if (strcmp(options[i].name, name) == 0) {
            *id = (enum option_id)i;
            return true;
        }

    return false;
}

/* The place of `word` among words parted by blanks, or -1. */
static int word_place(const char *words, const char *word)
{
    const size_t length = strlen(word);

    for (int place = 0; *words; place++) {
        const size_t here = strcspn(words, " ");

        if (here == length && strncmp(words, word, length) == 0)
            return place;
        words += here + strspn(words + here, " ");
    }
    return -1;
}

static bool take_text(
    struct call *call, const struct option *option, const char *text, const char *origin)
{
    const int64_t length = (int64_t)strlen(text);

    if (length < option->min)
        return fail(call, FAULT_CONFIG, "%s: %s must have %lld characters or more", origin,
            option->name, (long long)option->min);
    return length <= option->max
        || fail(call, FAULT_CONFIG, "%s: %s is too long", origin, option->name);
}

static bool config_take_number(struct call *call, const struct option *option, const char *text,
    const char *origin, int64_t *number)
{
    return text_to_i64(text, option->min, option->max, number)
        || fail(call, FAULT_CONFIG, "%s: %s must be a whole number from %lld to %lld, not \"%s\"",
            origin, option->name, (long long)option->min, (long long)option->max, text);
}

/* 0 is on, 1 is off, and other tools' words for them will do. */
static int switch_place(const char *text)
{
    const int place = word_place("on off true false yes no 1 0", text);

    return place < 0 ? place : place % 2;
}

static bool take_word(struct call *call, const struct option *option, const char *text,
    const char *origin, int64_t *number)
{
    *number = option->kind == KIND_SWITCH ? switch_place(text) : word_place(option->words, text);
    return *number >= 0
        || fail(call, FAULT_CONFIG, "%s: %s must be one of: %s, not \"%s\"", origin, option->name,
            option->words, text);
}

static bool config_take(
    struct call *call, enum option_id id, const char *text, const char *origin, int64_t *number)
{
    const struct option *option = &options[id];

    switch (option->kind) {
    case KIND_TEXT:
        return take_text(call, option, text, origin);
    case KIND_NUMBER:
        return config_take_number(call, option, text, origin, number);
    case KIND_SWITCH:
    case KIND_CHOICE:
        return take_word(call, option, text, origin, number);
    }
    return false;
}

/* "address:port", "[::1]:port" and ":port" also say the port; "::" alone is an address. */
static bool set_listen(
    struct call *call, struct config *config, const char *value, const char *origin)
{
    const char *colon = strrchr(value, ':');
    const bool bracketed = value[0] == '[';

    if (!colon || (bracketed ? colon[-1] != ']' : strchr(value, ':') != colon))
        colon = value + strlen(value);
    if (*colon && !config_set(call, config, "port", colon + 1, origin))
        return false;

    const size_t edge = bracketed && colon[-1] == ']' ? 1 : 0;
    const size_t length = (size_t)(colon - value) - 2 * edge;

    if (length > 0)
        config->values[OPTION_LISTEN] =
            (struct config_value){ .text = arena_bytes(&call->arena, value + edge, length),
                .origin = origin };
    return true;
}

bool config_set(struct call *call, struct config *config, const char *name, const char *value,
    const char *origin)
{
    struct config_value taken = { .origin = origin };
    enum option_id id;

    if (!option_find(name, &id))
        return fail(call, FAULT_CONFIG, "%s: there is no option \"%s\"", origin, name);
    if (!config_take(call, id, value, origin, &taken.number))
        return false;
    if (id == OPTION_LISTEN)
        return set_listen(call, config, value, origin);

    taken.text = arena_text(&call->arena, value);
    config->values[id] = taken;
    return true;
}

const char *config_text(const struct config *config, enum option_id option)
{
    return config->values[option].text;
}

int config_number(const struct config *config, enum option_id option)
{
    assert(options[option].kind == KIND_NUMBER);
    return (int)config->values[option].number;
}

bool config_is_on(const struct config *config, enum option_id option)
{
    assert(options[option].kind == KIND_SWITCH);
    return config->values[option].number == 0; /* see switch_place() */
}

int config_choice(const struct config *config, enum option_id option)
{
    assert(options[option].kind == KIND_CHOICE);
    return (int)config->values[option].number;
}

bool config_is_production(const struct config *config)
{
    return strcmp(config_text(config, OPTION_ENVIRONMENT), "production") == 0;
}

const char *config_display(const struct config *config, enum option_id option)
{
    const char *text = config->values[option].text;

    if (!text)
        return "";
    return options[option].flags & SECRET ? "********" : text;
}
